#include "module.hpp"

#include <iterator>

#include "dontgoback/ports.hpp"
#include "friends/friends.hpp"
#include "steps/steps.hpp"
#include "walkers/walkers.hpp"

namespace dontgoback::walk {

storage::Migrations migrations();  // built in from migrations/

namespace {

/// Who hears of what becomes of walkers: the same for a node that serves and for every command.
walkers::Subscribers subscribers() { return {&friends::subscriber(), &steps::subscriber()}; }

}  // namespace

struct WalkModule::Running {
  Running(Host& host, const walkers::Settings& settings) : walkers(host, settings, subscribers()) {
    friends::add_routes(host, walkers.authenticator(), friend_listeners);
    recorder = steps::make_recorder(host, walkers.authenticator(), {});
  }

  walkers::Walkers walkers;
  friends::Listeners friend_listeners;
  std::unique_ptr<steps::Recorder> recorder;
};

WalkModule::WalkModule() : providers_(std::make_unique<walkers::ProviderOptions>()) {}
WalkModule::~WalkModule() = default;

void WalkModule::declare(config::Options& options) {
  options.text("--walk-key-file", key_file_option_,
               "32 bytes that wrap walk's key in the database; the same file on every node that runs walk (default: "
               "walk.key in the data directory, made at first start)");
  providers_->declare(options);
}

void WalkModule::check(config::Checks& checks) const {
  if (!checks.node().runs(name())) return;
  checks.key_file("--walk-key-file", key_file(checks.node()), "dontgoback walkers reset-keys --yes");
  providers_->check(checks);
}

std::filesystem::path WalkModule::key_file(const config::Node& node) const {
  return key_file_option_.empty() ? node.data_dir / "walk.key" : std::filesystem::path(key_file_option_);
}

storage::Migrations WalkModule::migrations() const { return walk::migrations(); }
std::vector<Command> WalkModule::commands() { return walkers::commands(subscribers()); }

std::vector<backup::KeptFile> WalkModule::kept_files(const config::Node& node) const {
  return {{std::string(walkers::kKeyFile), key_file(node), key_file_option_.empty()}};
}

std::vector<std::string> WalkModule::check_copy(const backup::Copy& copy) const { return walkers::check_keys(copy); }
std::vector<jobs::Job> WalkModule::own_jobs(Host& host) { return walkers::own_jobs(host, subscribers()); }
void WalkModule::make_keys(Host& host) { walkers::make_keys(host.database, key_file(host.node)); }
void WalkModule::connect(Host&, Ports& ports) { people_ = ports.find<ports::People>(); }

void WalkModule::start(Host& host) {
  running_ =
      std::make_unique<Running>(host, walkers::Settings{key_file(host.node), providers_->read().providers, people_});
}

void WalkModule::stop() { running_.reset(); }

}  // namespace dontgoback::walk
