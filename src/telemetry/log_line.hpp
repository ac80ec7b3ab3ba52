#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "dontgoback/telemetry/log.hpp"
#include "dontgoback/time/clock.hpp"

// Pure functions that write one line of the log, with its line break. Whatever a text holds, the line stays one line
// and cannot imitate another or steer a terminal: control characters and bytes that are not UTF-8 are escaped.
namespace dontgoback::telemetry {

/// `<6>` for info: syslog(3)'s number, which systemd's journal takes off the line again (sd-daemon(3)).
void append_priority(std::string& out, Level level);

/// `2026-11-20T03:00:00.123Z info  message name=value other="two words"`
void append_text_line(std::string& out, time::Timestamp now, Level level, std::string_view message,
                      std::initializer_list<Field> fields);

/// `{"time":"2026-11-20T03:00:00.123Z","level":"info","message":"…","name":"value","count":1}`
void append_json_line(std::string& out, time::Timestamp now, Level level, std::string_view message,
                      std::initializer_list<Field> fields);

}  // namespace dontgoback::telemetry
