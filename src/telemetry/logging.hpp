#pragma once

#include "dontgoback/telemetry/log.hpp"

namespace dontgoback::telemetry {

struct LogSettings {
  Level level = Level::info;  ///< lines below it are not written
  bool json = false;          ///< one JSON object a line instead of text for people
  bool priorities = false;    ///< a line begins with its priority, as systemd's journal reads it (sd-daemon(3))
};

/// From here on lines gather in a buffer that goes to standard error when it holds 64 KiB, 200 ms after its first line,
/// and at once for a line at warn or above. Before this call every line is written at once, as text, from info on.
/// Call at most once, before other threads log.
void start_logging(const LogSettings& settings);

/// Writes what is buffered. Blocks while standard error does. Any thread.
void flush_logs();

}  // namespace dontgoback::telemetry
