#include "service_node.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "config/option_set.hpp"
#include "storage/open.hpp"

namespace dontgoback::test {
namespace {

http::ServerSettings settings(const std::string& listen) {
  http::ServerSettings settings;
  settings.listen = {listen};
  settings.request_log = false;
  return settings;
}

config::Node node_in(std::filesystem::path data_dir, std::string url) {
  config::Node node;
  node.data_dir = std::move(data_dir);
  node.own_url = std::move(url);
  return node;
}

security::Expectations expectations(const std::string& issuer) {
  security::Expectations expected;
  expected.issuer = issuer;
  expected.audience = "urn:dontgoback";
  return expected;
}

std::unique_ptr<storage::Database> database_in(const std::filesystem::path& data_dir) {
  storage::DatabaseSettings settings;
  settings.url = "sqlite:" + (data_dir / "dontgoback.db").string();
  settings.data_dir = data_dir;
  return storage::open_database(settings);
}

std::string secret_file(const std::filesystem::path& data_dir) {
  const auto file = data_dir / "core.secret";
  std::ofstream(file) << "s3cret\n";
  std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  return file;
}

}  // namespace

Result<http::ClientResponse> CountingClient::send(const http::ClientRequest& request) {
  {
    const std::lock_guard lock(mutex_);
    urls_.push_back(request.url);
  }
  return client_->send(request);
}

int CountingClient::calls(std::string_view end_of_path) const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(
      std::ranges::count_if(urls_, [&](const std::string& url) { return url.ends_with(end_of_path); }));
}

ServiceNode::ServiceNode(const time::Clock& clock, std::filesystem::path data_dir, const std::string& listen,
                         const std::string& issuer)
    : trust(clock),
      database_(database_in(data_dir)),
      server_(settings(listen), routes_, management_, metrics_),
      node_(node_in(std::move(data_dir), url())),
      scheduler_(*database_, clock, trust, zone_, "test"),
      outbox_(*database_, clock, "test"),
      replays_(clock),
      proofs_({url()}, std::chrono::seconds(60), replays_, clock),
      services_(std::make_shared<security::TokenVerifier>(std::make_shared<app::ServiceKeys>(ports_),
                                                          expectations(issuer.empty() ? url() : issuer), clock,
                                                          std::make_shared<app::ServiceDenyList>(ports_)),
                proofs_),
      host_{node_,
            clock,
            trust,
            zone_,
            *database_,
            routes_,
            *client_,
            scheduler_,
            outbox_,
            metrics_,
            health_,
            services_,
            proofs_,
            replays_,
            known_keys_} {}

ServiceNode::~ServiceNode() { server_.drain(std::chrono::seconds(10)); }

void ServiceNode::start(Module& module, const GivenOptions& given) {
  config::OptionSet options;
  module.declare(options);
  for (const auto& [name, values] : given) {
    auto* option = options.find(name);
    if (option == nullptr) throw std::invalid_argument("no option " + name);
    if (const auto problem = option->set(values)) throw std::invalid_argument(*problem);
  }
  if (const auto migrations = module.migrations(); !migrations.empty()) storage::migrate(*database_, migrations);
  node_.modules.emplace_back(module.name());
  module.connect(host_, ports_);
  module.start(host_);
  for (auto& job : module.own_jobs(host_)) scheduler_.add(std::move(job));
}

AuthNode::AuthNode(const time::Clock& clock, const std::filesystem::path& data_dir, const std::string& listen)
    : node(clock, data_dir, listen) {
  node.start(module, {{"auth-client", {"core=" + secret_file(data_dir)}}});
  node.run();
}

http::ClientResponse send(http::Method method, const std::string& url, std::string body,
                          std::vector<std::pair<std::string, std::string>> headers) {
  http::ClientRequest request{.method = method, .url = url, .headers = std::move(headers), .body = std::move(body)};
  request.time_limit = std::chrono::seconds(60);
  return http::make_client()->send(request).value();
}

}  // namespace dontgoback::test
