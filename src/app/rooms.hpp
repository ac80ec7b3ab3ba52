#pragma once

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
class Rooms {
 public:
  Rooms() = default;
  Rooms(const Rooms&) = delete;
  Rooms& operator=(const Rooms&) = delete;

  void declare(config::OptionSet& options);

  struct OwnedCommand {
    std::string_view module;
    Command command;
  };
  std::vector<OwnedCommand> commands();

  /// Decides what runs here: the role's modules, or those of `--modules` among them. Adds what is wrong to `problems`.
  void choose(const config::Settings& settings, config::OptionSet& options, config::Problems& problems);
  bool runs(std::string_view module) const;

  /// The schema of what runs here.
  storage::Migrations migrations() const;
  /// Every module there is, whether it runs here or not.
  const std::vector<Module*>& all() const { return all_; }

  /// Starts what runs here, owners before those who need them, and fills the ports in between: in process where the
  /// owner runs here, else over HTTP where it is said to be. Throws std::invalid_argument for settings that cannot
  /// work.
  void start(Host& host);
  /// Stops what was started, in reverse order.
  void stop();

 private:
  void start_if_chosen(Module& module, Host& host);
  void connect_auth(Host& host);
  void connect_extension(Host& host);

  auth::AuthModule auth_;
  extension::ExtensionModule extension_;
  core::CoreModule core_;
  web::WebModule web_;
  const std::vector<Module*> all_{&auth_, &extension_, &core_, &web_};
  std::vector<std::string> chosen_;
  std::vector<Module*> started_;
};

}  // namespace dontgoback::app
