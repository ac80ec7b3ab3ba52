#include "logging.hpp"

#include <chrono>
#include <string>

#include "line_buffer.hpp"
#include "log_line.hpp"

namespace dontgoback::telemetry {
namespace {

struct Log {
  LineBuffer lines;
  LogSettings settings;  // set before other threads log
};

Log& the_log() {
  static Log log;
  return log;
}

}  // namespace

void log(Level level, std::string_view message, std::initializer_list<Field> fields) {
  auto& log = the_log();
  if (level < log.settings.level) return;
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  thread_local std::string line;
  line.clear();
  if (log.settings.priorities) append_priority(line, level);
  const auto append_line = log.settings.json ? append_json_line : append_text_line;
  append_line(line, now, level, message, fields);
  log.lines.add(line);
  if (level >= Level::warn) log.lines.flush();
}

void start_logging(const LogSettings& settings) {
  auto& log = the_log();
  log.settings = settings;
  log.lines.start();
}

void flush_logs() { the_log().lines.flush(); }

}  // namespace dontgoback::telemetry
