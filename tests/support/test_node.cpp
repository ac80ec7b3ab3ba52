#include "support/test_node.hpp"

#include <map>
#include <sstream>
#include <stdexcept>

#include "clock/migrations.hpp"
#include "config/option_set.hpp"
#include "http/client/pooled_client.hpp"
#include "jobs/migrations.hpp"
#include "storage/open.hpp"

namespace dontgoback::test {
namespace {

http::ServerSettings server_settings(const NodeParts& parts) {
  http::ServerSettings settings;
  settings.listen = {parts.listen};
  settings.allowed_origins = parts.node.web_origins;
  settings.request_log = false;
  return settings;
}

config::Node node_at(config::Node node, const std::string& url) {
  if (node.own_url.empty()) node.own_url = url;
  return node;
}

std::unique_ptr<CheckedDatabase> database_of(const NodeParts& parts) {
  if (parts.database != nullptr) return nullptr;
  storage::DatabaseSettings settings;
  settings.url = "sqlite:" + (parts.node.data_dir / "dontgoback.db").string();
  settings.data_dir = parts.node.data_dir;
  return std::make_unique<CheckedDatabase>(settings);
}

void give(config::OptionSet& options, const GivenOptions& given) {
  std::map<std::string, std::vector<std::string>> by_name;
  for (const auto& [name, value] : given) by_name[name].push_back(value);
  for (const auto& [name, values] : by_name) {
    auto* option = options.find(name);
    if (option == nullptr) throw std::invalid_argument("no option " + name);
    if (const auto problem = option->set(values)) throw std::invalid_argument(*problem);
  }
}

}  // namespace

config::Node node_in(const std::filesystem::path& data_dir) {
  config::Node node;
  node.data_dir = data_dir;
  return node;
}

TestNode::TestNode(NodeParts parts)
    : own_database_(database_of(parts)),
      database_(own_database_ ? **own_database_ : *parts.database),
      overview_(metrics_, health_, parts.clock),
      server_(server_settings(parts), routes_, management_, metrics_),
      node_(node_at(parts.node, url())),
      client_(http::make_client()),
      trust(parts.clock),
      scheduler_(database_, parts.clock, trust, zone, "test"),
      outbox_(database_, parts.clock, "test"),
      limiter_(parts.clock),
      host_{.node = node_,
            .clock = parts.clock,
            .trust = trust,
            .zone = zone,
            .database = database_,
            .router = routes_,
            .client = *client_,
            .scheduler = scheduler_,
            .outbox = outbox_,
            .metrics = metrics_,
            .health = health_,
            .known_keys = known_keys_,
            .limiter = limiter_,
            .state = parts.state == nullptr ? own_state_ : *parts.state,
            .overview = overview_} {
  database_.tell_notices_to(
      [&state = host_.state](std::string_view topic, std::string_view message) { state.publish(topic, message); });
  if (parts.services) ports_.offer<ports::ServiceAuthenticator>(parts.services);
}

TestNode::~TestNode() {
  server_.drain(std::chrono::seconds(10));  // modules may be gone by now
  database_.tell_notices_to({});            // it may outlive this
}

void TestNode::start(Module& module, const GivenOptions& given) {
  config::OptionSet options;
  module.declare(options);
  give(options, given);
  auto schema = jobs::migrations();
  for (const auto& of : {clock::migrations(), module.migrations()}) schema.insert(schema.end(), of.begin(), of.end());
  storage::migrate(database_, schema);
  node_.modules.emplace_back(module.name());
  module.connect(host_, ports_);
  module.start(host_);
  started_.push_back(&module);
  for (auto& job : module.own_jobs(host_)) scheduler_.add(std::move(job));
}

void TestNode::stop() {
  server_.drain(std::chrono::seconds(10));
  for (; !started_.empty(); started_.pop_back()) started_.back()->stop();
}

TestNode::Printed TestNode::command(const std::vector<Command>& commands, std::string_view group, std::string_view name,
                                    const GivenOptions& given, bool json) {
  for (const auto& command : commands) {
    if (command.group != group || command.name != name) continue;
    config::OptionSet options;
    command.declare(options);
    give(options, given);
    std::ostringstream out;
    std::ostringstream notes;
    command.run({host_, out, notes, json});
    return {out.str(), notes.str()};
  }
  throw std::invalid_argument("no command " + std::string(group) + " " + std::string(name));
}

}  // namespace dontgoback::test
