#include "module.hpp"

#include "boards/boards.hpp"
#include "friends/friends.hpp"
#include "groups/groups.hpp"
#include "steps/steps.hpp"
#include "walkers/walkers.hpp"

namespace dontgoback::walk {

storage::Migrations migrations();  // built in from migrations/

struct WalkModule::Options {
  boards::Settings boards;
};

struct WalkModule::Running {
  Running(Host& host, const Options& options)
      : walkers(host, {&friends::subscriber(), &groups::subscriber(), &boards::subscriber(), &steps::subscriber()}),
        boards(host, walkers.authenticator(), goes_on, options.boards) {
    friends::add_routes(host, walkers.authenticator(), friend_listeners);
    groups::add_routes(host, walkers.authenticator());
    recorder = steps::make_recorder(host, walkers.authenticator(), {});
  }

  static bool goes_on(storage::Connection& connection, WalkerId walker, std::int64_t /*session*/) {
    const auto found = walkers::find(connection, walker);
    return found && found->status == walkers::Status::active;
  }

  walkers::Walkers walkers;
  friends::Listeners friend_listeners;
  std::unique_ptr<steps::Recorder> recorder;
  boards::Boards boards;
};

WalkModule::WalkModule() : options_(std::make_unique<Options>()) {}
WalkModule::~WalkModule() = default;

storage::Migrations WalkModule::migrations() const { return walk::migrations(); }
std::vector<Command> WalkModule::commands() {
  auto all = groups::commands();
  for (auto& command : boards::commands()) all.push_back(std::move(command));
  return all;
}
std::vector<jobs::Job> WalkModule::own_jobs(Host& host) { return {boards::percentiles_job(host, options_->boards)}; }
void WalkModule::declare(config::Options& options) { options_->boards.declare(options); }
void WalkModule::start(Host& host) { running_ = std::make_unique<Running>(host, *options_); }
void WalkModule::stop() { running_.reset(); }

}  // namespace dontgoback::walk
