#include "module.hpp"

#include "friends/friends.hpp"
#include "steps/steps.hpp"
#include "walkers/walkers.hpp"

namespace dontgoback::walk {

storage::Migrations migrations();  // built in from migrations/

struct WalkModule::Running {
  explicit Running(Host& host) : walkers(host, {&friends::subscriber(), &steps::subscriber()}) {
    friends::add_routes(host, walkers.authenticator(), friend_listeners);
    recorder = steps::make_recorder(host, walkers.authenticator(), {});
  }

  walkers::Walkers walkers;
  friends::Listeners friend_listeners;
  std::unique_ptr<steps::Recorder> recorder;
};

WalkModule::WalkModule() = default;
WalkModule::~WalkModule() = default;

storage::Migrations WalkModule::migrations() const { return walk::migrations(); }
void WalkModule::start(Host& host) { running_ = std::make_unique<Running>(host); }
void WalkModule::stop() { running_.reset(); }

}  // namespace dontgoback::walk
