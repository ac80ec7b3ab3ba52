#include "module.hpp"

#include "friends/friends.hpp"
#include "rpc/board.hpp"
#include "rpc/serving.hpp"
#include "steps/steps.hpp"
#include "walkers/walkers.hpp"

namespace dontgoback::walk {

storage::Migrations migrations();  // built in from migrations/

struct WalkModule::Options {
  rpc::Options rpc;
};

struct WalkModule::Running {
  Running(Host& host, const Options& options) : walkers(host, {&friends::subscriber(), &steps::subscriber()}) {
    friends::add_routes(host, walkers.authenticator(), friend_listeners);
    recorder = steps::make_recorder(host, walkers.authenticator(), {});
    if (options.rpc.is_on()) serve(host, options.rpc);
  }

  void serve(Host& host, const rpc::Options& options) {
    auto board = [&host](storage::Connection& connection, WalkerId walker, rpc::Calls::Period period) {
      return rpc::board_of(connection, walker, period, host.clock.now());
    };
    serving = std::make_unique<rpc::Serving>(
        options, rpc::ModuleCalls::Needs{walkers, *recorder, std::move(board), host.database, host.state, host.limiter,
                                         host.clock});
  }

  walkers::Walkers walkers;
  friends::Listeners friend_listeners;
  std::unique_ptr<steps::Recorder> recorder;
  std::unique_ptr<rpc::Serving> serving;  // null: gRPC is not served here
};

WalkModule::WalkModule() : options_(std::make_unique<Options>()) {}
WalkModule::~WalkModule() = default;

void WalkModule::declare(config::Options& options) { options_->rpc.declare(options); }
void WalkModule::check(config::Checks& checks) const { options_->rpc.check(checks, name()); }
storage::Migrations WalkModule::migrations() const { return walk::migrations(); }

std::vector<jobs::Job> WalkModule::own_jobs(Host& host) {
  if (!options_->rpc.is_on()) return {};
  const auto look = [this, &host](const jobs::Run&) -> std::string {
    if (!running_) return "nothing to do without the server";
    return running_->serving->look(host.database);
  };
  const jobs::Schedule schedule{{}, std::chrono::seconds(5), true};
  return {{"walk-grpc-health", schedule, false, look}};
}

void WalkModule::start(Host& host) { running_ = std::make_unique<Running>(host, *options_); }

std::vector<Module::Listening> WalkModule::listening() const {
  if (!running_ || !running_->serving) return {};
  return {{"grpc", running_->serving->address()}};
}

std::int64_t WalkModule::most_connections() const {
  return options_->rpc.is_on() ? options_->rpc.max_connections() : 0;
}

void WalkModule::stop() { running_.reset(); }

}  // namespace dontgoback::walk
