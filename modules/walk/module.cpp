#include "module.hpp"

#include "dontgoback/ports.hpp"
#include "dontgoback/text/url.hpp"
#include "friends/friends.hpp"
#include "goals/goals.hpp"
#include "notices/notices.hpp"
#include "steps/steps.hpp"
#include "walkers/walkers.hpp"

namespace dontgoback::walk {

storage::Migrations migrations();  // built in from migrations/

struct WalkModule::Running {
  Running(Host& host, const notices::TestService& push_test_service)
      : walkers(host, {&friends::subscriber(), &steps::subscriber(), &goals::subscriber(), &notices::subscriber()}),
        streams(notices::make_streams(host)) {
    friends::add_routes(host, walkers.authenticator(), friend_listeners);
    notices::add_routes(host, walkers.authenticator(), *streams, push_test_service);
    goals::add_routes(host, walkers.authenticator());
    recorder = steps::make_recorder(host, walkers.authenticator(), {&goals::of_steps(), &notices::of_steps()});
  }

  walkers::Walkers walkers;
  friends::Listeners friend_listeners{&notices::of_friendships()};
  std::shared_ptr<notices::Streams> streams;
  std::unique_ptr<steps::Recorder> recorder;
};

WalkModule::WalkModule() = default;
WalkModule::~WalkModule() = default;

storage::Migrations WalkModule::migrations() const { return walk::migrations(); }

void WalkModule::declare(config::Options& options) {
  options.text("--walk-push-test-service", "ORIGIN", push_test_service_,
               "For tests: a stand-in on this machine, http://127.0.0.1:PORT, to which walkers' browsers may be "
               "subscribed besides push services");
}

void WalkModule::check(config::Checks& checks) const {
  if (push_test_service_.empty()) return;
  const auto origin = text::Url::parse(push_test_service_);
  if (!origin || !origin->is_loopback() || origin->origin() != push_test_service_) {
    checks.wrong("--walk-push-test-service", "must be an origin on this machine: http://127.0.0.1:PORT");
  }
  checks.warn("--walk-push-test-service is for tests: walkers may have this node call " + push_test_service_);
}

std::vector<jobs::Job> WalkModule::own_jobs(Host& host) { return {notices::purge(host)}; }

void WalkModule::connect(Host& host, Ports& ports) {
  if (host.node.runs(name())) ports.offer<ports::PushDevices>("walk", notices::devices(host, push_test_service_));
}

void WalkModule::start(Host& host) { running_ = std::make_unique<Running>(host, push_test_service_); }
void WalkModule::stop() { running_.reset(); }

}  // namespace dontgoback::walk
