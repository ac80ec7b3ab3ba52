#include "module.hpp"

#include "boards/boards.hpp"
#include "dontgoback/config/base_url.hpp"
#include "dontgoback/ports.hpp"
#include "dontgoback/text/url.hpp"
#include "first_release/first_release.hpp"
#include "friends/friends.hpp"
#include "goals/goals.hpp"
#include "groups/groups.hpp"
#include "notices/notices.hpp"
#include "reports/reports.hpp"
#include "rpc/board.hpp"
#include "rpc/serving.hpp"
#include "steps/steps.hpp"
#include "walkers/provider_options.hpp"
#include "walkers/walkers.hpp"

namespace dontgoback::walk {

storage::Migrations migrations();  // built in from migrations/

namespace {

/// Who hears of what becomes of walkers: the same for a node that serves and for every command.
walkers::Subscribers subscribers() {
  return {&first_release::subscriber(), &friends::subscriber(), &groups::subscriber(),  &boards::subscriber(),
          &goals::subscriber(),         &notices::subscriber(), &reports::subscriber(), &steps::subscriber()};
}

walkers::Exporters exporters() {
  return {&steps::exporter(), &friends::exporter(), &groups::exporter(), &boards::exporter(),
          &goals::exporter(), &notices::exporter(), &reports::exporter()};
}

}  // namespace

struct WalkModule::Options {
  std::string key_file;
  std::string url;  // of the node that runs walk, where this one does not
  walkers::ProviderOptions providers;
  steps::Limits step_limits;
  boards::Settings boards;
  rpc::Options rpc;
  notices::TestService push_test_service;
  first_release::Options first_release;
};

struct WalkModule::Running {
  Running(Host& host, const walkers::Settings& settings, const Options& options)
      : walkers(host, settings, subscribers(), exporters()),
        names(walkers),
        streams(notices::make_streams(host)),
        boards(host, walkers.authenticator(), walkers::is_live, options.boards) {
    friends::add_routes(host, walkers.authenticator(), friend_listeners);
    groups::add_routes(host, walkers.authenticator());
    notices::add_routes(host, walkers.authenticator(), *streams, options.push_test_service);
    goals::add_routes(host, walkers.authenticator());
    reports::add_routes(host, walkers.authenticator());
    recorder = steps::make_recorder(host, walkers.authenticator(), {&goals::of_steps(), &notices::of_steps()},
                                    options.step_limits);
    if (options.rpc.is_on()) serve(host, options.rpc);
    if (options.first_release.is_on()) serve_first_release(host, settings, options);
  }

  void serve(Host& host, const rpc::Options& options) {
    auto board = [this](storage::Connection& connection, WalkerId walker, rpc::Calls::Period period) {
      return rpc::entries_of(boards.of_friends(connection, walker, rpc::period_of(period)));
    };
    serving = std::make_unique<rpc::Serving>(
        options.settings(), rpc::ModuleCalls::Needs{names, *recorder, std::move(board), host.database, host.state,
                                                    host.limiter, host.clock});
  }

  void serve_first_release(Host& host, const walkers::Settings& settings, const Options& options) {
    first_release =
        std::make_unique<first_release::FirstRelease>(host, settings.key_file, friend_listeners, subscribers());
    const auto& address = options.first_release.grpc_listen();
    if (address.empty()) return;
    const auto no_board = [](storage::Connection&, WalkerId, rpc::Calls::Period) {
      return std::vector<rpc::Calls::BoardEntry>();
    };
    serving_first_release =
        std::make_unique<rpc::Serving>(options.rpc.settings_by_name(std::string(first_release::kGrpcOption), address),
                                       rpc::ModuleCalls::Needs{first_release->names(), *recorder, no_board,
                                                               host.database, host.state, host.limiter, host.clock});
  }

  std::vector<Listening> listening() const {
    std::vector<Listening> all;
    if (serving) all.push_back({"grpc", serving->address()});
    if (serving_first_release) all.push_back({"first-release-grpc", serving_first_release->address()});
    return all;
  }

  std::string look(storage::Database& database) {
    std::string said;
    for (auto* each : {serving.get(), serving_first_release.get()}) {
      if (each != nullptr) said = each->look(database);
    }
    return said;
  }

  walkers::Walkers walkers;
  rpc::SignedIn names;
  friends::Listeners friend_listeners{&notices::of_friendships()};
  std::shared_ptr<notices::Streams> streams;
  std::unique_ptr<steps::Recorder> recorder;
  boards::Boards boards;
  std::unique_ptr<first_release::FirstRelease> first_release;  // null: its clients are not served here
  std::unique_ptr<rpc::Serving> serving;                       // null: gRPC is not
  std::unique_ptr<rpc::Serving> serving_first_release;         // null: nor that of the first release
};

WalkModule::WalkModule() : options_(std::make_unique<Options>()) {}
WalkModule::~WalkModule() = default;

void WalkModule::declare(config::Options& options) {
  options.text("--walk-key-file", options_->key_file,
               "32 bytes that wrap walk's key in the database; the same file on every node that runs walk (default: "
               "walk.key in the data directory, made at first start)");
  options.text("--walk-url", "URL", options_->url,
               "The node that runs walk, when walk does not run here: core's moderators see what walkers report there, "
               "and decide");
  options_->providers.declare(options);
  steps::declare(options, options_->step_limits);
  options_->boards.declare(options);
  options_->rpc.declare(options);
  options.text("--walk-push-test-service", "ORIGIN", options_->push_test_service,
               "For tests: a stand-in on this machine, http://127.0.0.1:PORT, to which walkers' browsers may be "
               "subscribed besides push services");
  options_->first_release.declare(options);
}

void WalkModule::check(config::Checks& checks) const {
  options_->rpc.check(checks, name());
  check_url(checks);
  if (!checks.node().runs(name())) return;
  checks.key_file("--walk-key-file", key_file(checks.node()), "dontgoback walkers reset-keys --yes");
  options_->providers.check(checks);
  options_->first_release.check(checks);
  if (options_->rpc.is_on() || !options_->first_release.grpc_listen().empty()) options_->rpc.check_files(checks);
  if (options_->push_test_service.empty()) return;
  const auto origin = text::Url::parse(options_->push_test_service);
  if (!origin || !origin->is_loopback() || origin->origin() != options_->push_test_service) {
    checks.wrong("--walk-push-test-service", "must be an origin on this machine: http://127.0.0.1:PORT");
  }
  checks.warn("--walk-push-test-service is for tests: walkers may have this node call " + options_->push_test_service);
}

void WalkModule::check_url(config::Checks& checks) const {
  if (options_->url.empty()) return;
  if (const auto problem = checks.problem_of_url(options_->url)) return checks.wrong("--walk-url", *problem);
  const auto& node = checks.node();
  if (node.runs(name()) || node.runs("auth") || !node.runs("core")) return;
  if (checks.is_set("--auth-url") && checks.is_set("--client-id") && checks.is_set("--client-secret-file")) return;
  checks.wrong("--walk-url", "needs --auth-url, --client-id and --client-secret-file: it is called with a token");
}

std::filesystem::path WalkModule::key_file(const config::Node& node) const {
  return options_->key_file.empty() ? node.data_dir / "walk.key" : std::filesystem::path(options_->key_file);
}

storage::Migrations WalkModule::migrations() const { return walk::migrations(); }
std::vector<Command> WalkModule::commands() {
  auto all = walkers::commands(subscribers());
  for (auto& command : groups::commands()) all.push_back(std::move(command));
  for (auto& command : boards::commands()) all.push_back(std::move(command));
  for (auto& command : reports::commands(subscribers())) all.push_back(std::move(command));
  return all;
}

std::vector<backup::KeptFile> WalkModule::kept_files(const config::Node& node) const {
  return {{std::string(walkers::kKeyFile), key_file(node), options_->key_file.empty()}};
}

std::vector<std::string> WalkModule::check_copy(const backup::Copy& copy) const { return walkers::check_keys(copy); }

std::vector<jobs::Job> WalkModule::own_jobs(Host& host) {
  auto all = walkers::own_jobs(host, subscribers());
  all.push_back(boards::percentiles_job(host, options_->boards));
  all.push_back(notices::purge(host));
  all.push_back(reports::purge(host));
  all.push_back(first_release::purge(host, subscribers()));
  if (options_->rpc.is_on() || !options_->first_release.grpc_listen().empty()) {
    const auto look = [this, &host](const jobs::Run&) -> std::string {
      if (!running_) return "nothing to do without the server";
      return running_->look(host.database);
    };
    const jobs::Schedule schedule{{}, std::chrono::seconds(5), true};
    all.push_back({"walk-grpc-health", schedule, false, look});
  }
  return all;
}

void WalkModule::make_keys(Host& host) { walkers::make_keys(host.database, key_file(host.node)); }
void WalkModule::connect(Host& host, Ports& ports) {
  if (!host.node.runs(name())) return connect_elsewhere(host, ports);
  people_ = ports.find<ports::People>();
  services_ = ports.find<ports::ServiceAuthenticator>();
  reported_names_ = reports::make_own_reported_names(host, subscribers());
  ports.offer<ports::ReportedNames>(reported_names_);
  ports.offer<ports::PushDevices>("walk", notices::devices(host, options_->push_test_service));
}

void WalkModule::connect_elsewhere(Host& host, Ports& ports) const {
  const auto tokens = ports.find<ports::TokenSource>();
  const auto url = config::parse_base_url(options_->url);
  if (!url || !tokens || !host.node.runs("core")) return;
  const http::PeerWatch watch{host.health, host.scheduler, host.metrics};
  ports.offer<ports::ReportedNames>(reports::make_remote_reported_names(host.client, tokens, url->text(), &watch));
}

void WalkModule::start(Host& host) {
  const walkers::Settings settings{key_file(host.node), options_->providers.read().providers, people_};
  running_ = std::make_unique<Running>(host, settings, *options_);
  if (services_) reports::add_service_routes(host, *services_, reported_names_);
}

std::vector<Module::Listening> WalkModule::listening() const {
  return running_ ? running_->listening() : std::vector<Listening>();
}

std::int64_t WalkModule::most_connections() const {
  const auto each = options_->rpc.max_connections();
  return (options_->rpc.is_on() ? each : 0) + (options_->first_release.grpc_listen().empty() ? 0 : each);
}

std::vector<Module::OwnListener> WalkModule::own_listeners() {
  const auto& address = options_->first_release.listen();
  if (address.empty()) return {};
  return {
      {"first-release", address, [this](Host&, http::Router& router) { running_->first_release->add_routes(router); }}};
}

void WalkModule::stop() { running_.reset(); }

}  // namespace dontgoback::walk
