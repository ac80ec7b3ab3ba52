#include "logging.hpp"

#include <spdlog/logger.h>

#include <chrono>
#include <memory>
#include <string>

#include "log_line.hpp"
#include "stderr_sink.hpp"

namespace dontgoback::telemetry {
namespace {

struct Log {
  std::shared_ptr<StderrSink> sink = std::make_shared<StderrSink>();
  spdlog::logger logger{"dontgoback", sink};
  bool json = false;  // set before other threads log

  Log() { logger.set_level(spdlog::level::info); }
};

Log& the_log() {
  static Log log;
  return log;
}

spdlog::level::level_enum level_of(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warn:
      return spdlog::level::warn;
    case Level::error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

}  // namespace

void log(Level level, std::string_view message, std::initializer_list<Field> fields) {
  auto& log = the_log();
  const auto severity = level_of(level);
  if (!log.logger.should_log(severity)) return;
  const auto now = spdlog::log_clock::now();
  thread_local std::string line;
  line.clear();
  const auto write_line = log.json ? append_json_line : append_text_line;
  write_line(line, std::chrono::floor<std::chrono::milliseconds>(now), level, message, fields);
  log.logger.log(now, spdlog::source_loc{}, severity, spdlog::string_view_t(line.data(), line.size()));
}

void start_logging(const LogSettings& settings) {
  auto& log = the_log();
  log.json = settings.json;
  log.logger.set_level(level_of(settings.level));
  log.logger.flush_on(spdlog::level::warn);
  log.sink->buffer();
}

void flush_logs() { the_log().logger.flush(); }

}  // namespace dontgoback::telemetry
