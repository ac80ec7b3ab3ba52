#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "auth/module.hpp"
#include "config/settings.hpp"
#include "core/module.hpp"
#include "dontgoback/module.hpp"
#include "extension/module.hpp"
#include "web/module.hpp"

namespace dontgoback::app {

/// Every module there is, which of them run in which role, and what they offer one another. Adding a module is a
/// member, a row of the role table and, if others need it, a line in `start`.
class Modules {
 public:
  Modules() = default;
  Modules(const Modules&) = delete;
  Modules& operator=(const Modules&) = delete;

  void declare(config::OptionSet& options);

  struct OwnedCommand {
    std::string_view module;
    Command command;
  };
  std::vector<OwnedCommand> commands();

  /// Decides what runs here: the role's modules, or those of `--modules` among them. Adds what is wrong to `problems`.
  void choose(const config::Settings& settings, config::OptionSet& options, config::Problems& problems);
  /// The same modules as another's.
  void choose_as(const Modules& other) { chosen_ = other.chosen_; }
  bool runs(std::string_view module) const;
  /// Whether this node asks an auth node elsewhere for tokens, by its client id and secret.
  bool asks_for_tokens(const config::Node& node) const;
  /// Asks the modules that run here about their settings.
  void check(config::Checks& checks) const;

  /// The schema of what runs here.
  storage::Migrations migrations() const;
  /// Every module there is, whether it runs here or not.
  const std::vector<Module*>& all() const { return all_; }
  /// The schema of one module, whether it runs here or not.
  storage::Migrations migrations_of(std::string_view module) const;

  /// Makes the keys of what runs here, where there are none yet: see `Module::make_keys`.
  void make_keys(Host& host);

  /// Starts what runs here, owners before those who need them, and fills the ports in between: in process where the
  /// owner runs here, else over HTTP where it is said to be. Adds the jobs. Throws std::invalid_argument for settings
  /// that cannot work.
  void start(Host& host);
  /// For a command, instead of `start`: nothing is started or opened. Fills the ports with what opens itself when it is
  /// first asked, and adds the jobs.
  void connect(Host& host);
  /// Whose job it is, after `start` or `connect`; empty for one of the host, or none.
  std::string_view owner_of_job(std::string_view name) const;
  /// Says what a server cannot do as it is configured.
  void warn(const config::Node& node) const;
  /// Stops what was started, in reverse order.
  void stop();

 private:
  void start_if_chosen(Module& module, Host& host);
  void connect_auth(Host& host);
  void connect_extension(Host& host);
  void verify_by_auth_node(Host& host);
  std::shared_ptr<ports::TokenSource> late_tokens(Host& host);
  void add_jobs(Host& host);

  auth::AuthModule auth_;
  extension::ExtensionModule extension_;
  core::CoreModule core_;
  web::WebModule web_;
  const std::vector<Module*> all_{&auth_, &extension_, &core_, &web_};
  std::vector<std::string> chosen_;
  std::vector<Module*> started_;
  std::map<std::string, std::string_view, std::less<>> job_owners_;
};

}  // namespace dontgoback::app
