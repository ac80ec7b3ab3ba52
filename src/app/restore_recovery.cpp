#include "restore_recovery.hpp"

#include <optional>
#include <string>
#include <vector>

#include "backup/placement.hpp"
#include "data_dir_lock.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "runtime.hpp"

namespace dontgoback::app {

void end_interrupted_restore(const config::Settings& settings, const Modules& modules) {
  const auto& data_dir = settings.node.data_dir;
  std::optional<storage::DatabaseSettings> database;
  if (!modules.migrations().empty()) database = database_settings(settings);
  std::vector<std::string> said;
  const auto recovered = backup::recover(data_dir, database ? &*database : nullptr, said);
  for (const auto& line : said) telemetry::log_warn(line);
  switch (recovered) {
    case backup::Recovered::nothing:
      break;
    case backup::Recovered::thrown_away:
      telemetry::log_warn("a restore was interrupted before it was complete: nothing of it is kept");
      break;
    case backup::Recovered::completed:
      telemetry::log_warn("a restore was interrupted and is complete now");
      break;
  }
}

void end_interrupted_restore_alone(const config::Settings& settings, const Modules& modules) {
  if (!backup::awaits_recovery(settings.node.data_dir)) return;
  const DataDirLock no_server(settings.node.data_dir);
  end_interrupted_restore(settings, modules);
}

}  // namespace dontgoback::app
