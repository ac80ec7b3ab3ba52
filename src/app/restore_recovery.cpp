#include "restore_recovery.hpp"

#include "backup/placement.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "runtime.hpp"

namespace dontgoback::app {

void end_interrupted_restore(const config::Settings& settings, const Rooms& rooms) {
  const auto& data_dir = settings.node.data_dir;
  if (rooms.migrations().empty()) {
    backup::recover(data_dir, nullptr);
    return;
  }
  const auto database = database_settings(settings);
  switch (backup::recover(data_dir, &database)) {
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

}  // namespace dontgoback::app
