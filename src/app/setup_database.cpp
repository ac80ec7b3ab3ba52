#include "setup_database.hpp"

#include <optional>
#include <stdexcept>

#include "backup/placement.hpp"
#include "data_dir_lock.hpp"
#include "restore_recovery.hpp"
#include "runtime.hpp"

namespace dontgoback::app {
namespace {

using setup::Said;
using State = setup::Said::State;

/// Nothing when a server has the directory.
void take_lock(std::optional<DataDirLock>& alone, const Loaded& node) {
  try {
    alone.emplace(node.settings.node.data_dir);
  } catch (const DataDirInUse&) {
  }
}

/// Beside a server only what needs no change.
void need_current_schema(const Loaded& node) {
  const std::string where = "a server runs on " + node.settings.node.data_dir.string() + ", and ";
  if (backup::awaits_recovery(node.settings.node.data_dir)) {
    throw std::runtime_error(where + "a restore into it was interrupted: stop the server");
  }
  if (node.modules.migrations().empty()) return;
  const auto to_read = storage::open_to_read(database_settings(node.settings));
  if (const auto problem = storage::schema_problem(*to_read, all_migrations(node.modules))) {
    throw std::runtime_error(where + "its database is not of this version (" + *problem + "): stop the server");
  }
}

}  // namespace

std::vector<Said> prepare_node(Loaded& node) {
  std::vector<Said> said;
  try {
    std::optional<DataDirLock> alone;
    take_lock(alone, node);
    if (alone) {
      if (backup::awaits_recovery(node.settings.node.data_dir)) end_interrupted_restore(node.settings, node.modules);
    } else {
      need_current_schema(node);
    }
    node.settings.listens_at(node.settings.listen);
    Runtime runtime(node.settings, node.modules, open_database(node.settings, node.modules));
    if (alone && runtime.has_database()) storage::migrate(runtime.database(), all_migrations(node.modules));
    runtime.connect();
    node.modules.make_keys(runtime.host());
    said.push_back({State::done, "keys and database are there, in " + node.settings.node.data_dir.string()});
    for (const auto& module : node.modules.all()) {
      auto* party = dynamic_cast<setup::Party*>(module.get());
      if (party == nullptr || !node.modules.runs(module->name())) continue;
      for (auto& each : party->prepare(runtime.host())) said.push_back(std::move(each));
    }
  } catch (const std::exception& cause) {
    said.push_back({State::wrong, std::string("database or keys cannot be made yet: ") + cause.what() +
                                      ". What was done stays; run the same line again"});
  }
  return said;
}

}  // namespace dontgoback::app
