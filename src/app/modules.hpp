#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.hpp"
#include "dontgoback/module.hpp"
#include "module_table.hpp"

namespace dontgoback::app {

/// The modules of a table in this process: which of them run here, asked and wired as `Module` says.
class Modules {
 public:
  explicit Modules(const ModuleTable& table);
  Modules(const Modules&) = delete;
  Modules& operator=(const Modules&) = delete;

  const ModuleTable& table() const { return table_; }
  void declare(config::OptionSet& options);

  struct OwnedCommand {
    std::string_view module;
    Command command;
  };
  std::vector<OwnedCommand> commands();

  /// Decides what runs here, and says it in `settings.node`: the role's modules, or those of `--modules` among them.
  /// Adds what is wrong to `problems`.
  void choose(config::Settings& settings, config::OptionSet& options, config::Problems& problems);
  /// The same modules as another's.
  void choose_as(const Modules& other) { chosen_ = other.chosen_; }
  bool runs(std::string_view module) const;
  /// Asks every module about its settings.
  void check(config::Checks& checks) const;

  /// The schema of what runs here.
  storage::Migrations migrations() const;
  /// Every module there is, whether it runs here or not.
  const std::vector<std::unique_ptr<Module>>& all() const { return all_; }
  /// The schema of one module, whether it runs here or not.
  storage::Migrations migrations_of(std::string_view module) const;

  /// Makes the keys of what runs here, where there are none yet: see `Module::make_keys`.
  void make_keys(Host& host);

  /// Fills `ports`: every module offers and finds its own. Nothing is opened.
  void connect(Host& host, Ports& ports);
  /// Starts what runs here, in the order of the table. Throws std::invalid_argument for settings that cannot work.
  void start(Host& host);
  /// Adds the jobs of what runs here, which needs not have started.
  void add_jobs(Host& host);
  /// Whose job it is, after `add_jobs`; empty for one of the host, or none.
  std::string_view owner_of_job(std::string_view name) const;
  /// What they listen at besides the host, of those that were started.
  std::vector<Module::Listening> listening() const;
  /// How many connections those that run here take there.
  std::int64_t most_connections() const;
  /// The listeners of their own of those that run here.
  std::vector<Module::OwnListener> own_listeners();
  /// Stops what was started, in reverse order.
  void stop();

 private:
  const ModuleTable& table_;
  std::vector<std::unique_ptr<Module>> all_;
  std::vector<std::string> chosen_;
  std::vector<Module*> started_;
  std::map<std::string, std::string_view, std::less<>> job_owners_;
};

}  // namespace dontgoback::app
