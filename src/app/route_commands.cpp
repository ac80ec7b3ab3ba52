#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "dontgoback/config/table.hpp"
#include "dontgoback/http/method.hpp"
#include "dontgoback/ports/service_authenticator.hpp"
#include "program.hpp"
#include "runtime.hpp"

namespace dontgoback::app {
namespace {

using config::Table;
using http::Access;

std::string lane_of(http::Lane lane) {
  switch (lane) {
    case http::Lane::inline_:
      return "inline";
    case http::Lane::query:
      return "query";
    case http::Lane::command:
      break;
  }
  return "command";
}

std::string access_of(const Access& access, bool of_services) {
  if (access.need == Access::Need::nothing) return "anyone";
  if (access.internal) return "internal service";
  if (of_services) return "service";
  return access.need == Access::Need::optional ? "account if any" : "account";
}

/// A service's scope or an account's least role; nothing where any will do.
Table::Cell right_of(const Access& access, bool of_services) {
  if (of_services) return access.scope.empty() ? Table::Cell() : Table::Cell(access.scope);
  if (access.least_role == http::Role::admin) return std::string("ADMIN");
  if (access.least_role == http::Role::moderator) return std::string("MODERATOR");
  if (access.least_role == http::Role::user) return std::string("USER");
  return {};
}

/// Whose shares it takes of; nothing where it takes none.
Table::Cell class_of(const Access& access) {
  if (access.counts_as == http::RouteClass::unlimited) return {};
  return std::string(http::name_of(access.counts_as));
}

/// A directory of its own, which is gone with it.
class Scratch {
 public:
  Scratch() : path_((std::filesystem::temp_directory_path() / "dontgoback-XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr) {
      throw std::system_error(errno, std::generic_category(), "cannot make a directory in " + path_);
    }
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void print(Program& program, Runtime& runtime) {
  Table table({"method", "path", "access", "right", "countsAs", "lane", "bodyLimit", "legacyToggle", "fromOtherSites"});
  const auto services = runtime.ports().find<ports::ServiceAuthenticator>();
  for (const auto* route : runtime.routes().routes()) {
    const bool of_services = services != nullptr && route->access.by == services.get();
    table.add({std::string(http::name_of(route->method)), std::string(route->path),
               access_of(route->access, of_services), right_of(route->access, of_services), class_of(route->access),
               lane_of(route->lane), static_cast<std::int64_t>(route->body_limit), route->legacy_toggle,
               route->from_other_sites});
  }
  table.print(program.out, program.json);
}

/// Routes are there once modules have started, and starting one makes its keys and tables. So others are started than
/// the node's own: the same ones with none of their options, which name files, over an empty directory.
void list(Program& program) {
  program.settings.listens_at(program.settings.listen);
  const Scratch scratch;
  config::Settings settings({});
  settings.node = program.settings.node;
  settings.node.data_dir = scratch.path();
  settings.database = "sqlite:" + scratch.path() + "/dontgoback.db";
  settings.timezone = program.settings.timezone;
  Modules modules(program.modules.table());
  modules.choose_as(program.modules);
  Runtime runtime(settings, modules, open_database(settings, modules));
  runtime.start();
  print(program, runtime);
}

}  // namespace

std::vector<ProgramCommand> route_commands() {
  return {{{"routes",
            "list",
            "Shows what this role answers: who may call it, what it counts as, where it runs, bytes of a body",
            {}},
           list}};
}

}  // namespace dontgoback::app
