#include "core_node.hpp"

#include <sstream>
#include <stdexcept>

#include "config/option_set.hpp"

namespace dontgoback::test {
namespace {

/// The keys of an auth node of which nothing is known yet.
class NoKeys final : public ports::VerificationKeys {
  std::shared_ptr<const Set> current() override { return nullptr; }
  std::shared_ptr<const Set> refreshed() override { return nullptr; }
};

config::Node node_in(const std::filesystem::path& data_dir) {
  config::Node node;
  node.role = "core";
  node.data_dir = data_dir;
  node.public_url = kPublicUrl;
  node.web_origins = {node.public_url};
  return node;
}

http::ServerSettings settings() {
  http::ServerSettings settings;
  settings.listen = {"127.0.0.1:0"};
  settings.command.threads = 8;
  settings.allowed_origins = {std::string(kPublicUrl)};
  settings.request_log = false;
  return settings;
}

std::shared_ptr<const security::TokenVerifier> service_tokens(const time::Clock& clock) {
  return std::make_shared<security::TokenVerifier>(std::make_shared<NoKeys>(), security::Expectations{}, clock);
}

void give(config::OptionSet& options, const GivenOptions& given) {
  for (const auto& [name, value] : given) {
    auto* option = options.find(name);
    if (option == nullptr) throw std::invalid_argument("no option " + name);
    if (const auto problem = option->set(std::vector{value})) throw std::invalid_argument(*problem);
  }
}

}  // namespace

CoreNode::CoreNode(storage::Database& database, const time::Clock& clock, const std::filesystem::path& data_dir,
                   const GivenOptions& given)
    : trust(clock),
      node_(node_in(data_dir)),
      server_(settings(), routes_, management_, metrics_),
      scheduler_(database, clock, trust, zone_, "test"),
      outbox_(database, clock, "test"),
      replays_(clock),
      proofs_({node_.public_url}, std::chrono::seconds(60), replays_, clock),
      services_(service_tokens(clock), proofs_),
      host_{node_,
            clock,
            trust,
            zone_,
            database,
            routes_,
            client_,
            scheduler_,
            outbox_,
            metrics_,
            health_,
            services_,
            proofs_,
            replays_,
            known_keys_} {
  config::OptionSet options;
  module_.declare(options);
  give(options, given);
  module_.connect(host_, ports_);
  module_.start(host_);
  for (auto& job : module_.own_jobs(host_)) scheduler_.add(std::move(job));
  server_.run();
}

CoreNode::~CoreNode() { server_.drain(std::chrono::seconds(10)); }

Browser CoreNode::guest() const {
  auto guest = browser();
  if (guest.post("/api/guest").status != 200) throw std::runtime_error("no guest");
  return guest;
}

Browser CoreNode::signed_in(UserId user) {
  auto member = browser();
  const auto link = sign_in_link(user);
  if (member.post("/api/sign-in-link", link.substr(link.find('?') + 1)).field("location") != "/") {
    throw std::runtime_error("not signed in");
  }
  return member;
}

std::string CoreNode::users(const std::string& name, const GivenOptions& given, bool json) {
  for (const auto& command : module_.commands()) {
    if (command.group != "users" || command.name != name) continue;
    config::OptionSet options;
    command.declare(options);
    give(options, given);
    std::ostringstream out;
    std::ostringstream notes;
    command.run({host_, out, notes, json});
    last_notes_ = notes.str();
    return out.str();
  }
  throw std::invalid_argument("no command " + name);
}

UserId CoreNode::create_user(const std::string& role) {
  const auto printed = users("create", {{"member-role", role}}, true);
  return UserId{std::stoll(printed.substr(printed.find(':') + 1))};
}

std::string CoreNode::sign_in_link(UserId user) {
  auto url = users("sign-in-link", {{"id", std::to_string(user.value)}});
  if (!url.starts_with(kPublicUrl) || url.back() != '\n') throw std::runtime_error("not a link: " + url);
  url.pop_back();
  return url.substr(kPublicUrl.size());
}

}  // namespace dontgoback::test
