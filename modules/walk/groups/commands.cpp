#include <memory>
#include <ostream>
#include <stdexcept>

#include "dontgoback/config/table.hpp"
#include "rules.hpp"

namespace dontgoback::walk::groups {
namespace {

struct Arguments {
  std::string group;
  std::string name;
};

Group named(storage::Connection& connection, const Arguments& given) {
  const auto uuid = walkers::parse_uuid(given.group);
  if (!uuid) throw std::invalid_argument("the group's id is a UUID");
  auto found = find_group(connection, *uuid);
  if (!found || !found->owner) throw std::runtime_error("there is no such group");
  return *std::move(found);
}

void print_done(Command::Context& context, const char* what, const Group& group) {
  config::Table table({"done", "groupId", "name"});
  table.add({std::string(what), walkers::to_string(group.uuid), group.name});
  table.print_row(context.out, context.json);
}

void rename(const Arguments& given, Command::Context& context) {
  const auto name = read_name(given.name);
  if (!name) throw std::invalid_argument(std::string(name.failure().message.en));
  const auto group = context.host.database.write([&](storage::Connection& connection) {
    auto renamed = named(connection, given);
    set_name(connection, renamed.id, *name);
    renamed.name = *name;
    return renamed;
  });
  print_done(context, "renamed", group);
}

void close_group(const Arguments& given, Command::Context& context) {
  const auto group = context.host.database.write([&](storage::Connection& connection) {
    auto closed = named(connection, given);
    close(connection, closed);
    return closed;
  });
  print_done(context, "closed", group);
}

}  // namespace

std::vector<Command> commands() {
  const auto given = std::make_shared<Arguments>();
  const auto takes_group = [given](config::Options& options) { options.text("id", given->group, "The group's id"); };
  return {{"walkers", "rename-group", Command::Uses::writes, "Give a group another name",
           [given, takes_group](config::Options& options) {
             takes_group(options);
             options.text("name", given->name, "The new name");
           },
           [given](Command::Context context) { rename(*given, context); }},
          {"walkers", "close-group", Command::Uses::writes, "Close a group: it is gone for its members", takes_group,
           [given](Command::Context context) { close_group(*given, context); }}};
}

}  // namespace dontgoback::walk::groups
