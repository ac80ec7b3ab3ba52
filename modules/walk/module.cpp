#include "module.hpp"

#include "friends/friends.hpp"
#include "steps/steps.hpp"
#include "walkers/walkers.hpp"

namespace dontgoback::walk {

storage::Migrations migrations();  // built in from migrations/

struct WalkModule::Running {
  Running(Host& host, const steps::Limits& step_limits)
      : walkers(host, {&friends::subscriber(), &steps::subscriber()}) {
    friends::add_routes(host, walkers.authenticator(), friend_listeners);
    recorder = steps::make_recorder(host, walkers.authenticator(), {}, step_limits);
  }

  walkers::Walkers walkers;
  friends::Listeners friend_listeners;
  std::unique_ptr<steps::Recorder> recorder;
};

WalkModule::WalkModule() : step_limits_(std::make_unique<steps::Limits>()) {}
WalkModule::~WalkModule() = default;

void WalkModule::declare(config::Options& options) { steps::declare(options, *step_limits_); }

storage::Migrations WalkModule::migrations() const { return walk::migrations(); }
void WalkModule::start(Host& host) { running_ = std::make_unique<Running>(host, *step_limits_); }
void WalkModule::stop() { running_.reset(); }

}  // namespace dontgoback::walk
