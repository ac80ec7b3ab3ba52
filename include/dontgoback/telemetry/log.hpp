#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <variant>

namespace dontgoback::telemetry {

enum class Level { debug, info, warn, error };

/// `name=value` of a log line. Never a token, an e-mail address, a secret or a request's body.
struct Field {
  std::string_view name;
  std::variant<std::int64_t, std::string_view> value;

  Field(std::string_view field, std::string_view text) : name(field), value(text) {}
  Field(std::string_view field, const char* text) : name(field), value(std::string_view(text)) {}
  template <std::integral T>
  Field(std::string_view field, T number) : name(field), value(static_cast<std::int64_t>(number)) {}
};

/// Writes one line to standard error: text for people at a terminal, JSON under systemd. Any thread.
void log(Level level, std::string_view message, std::initializer_list<Field> fields = {});

inline void log_debug(std::string_view m, std::initializer_list<Field> f = {}) { log(Level::debug, m, f); }
inline void log_info(std::string_view m, std::initializer_list<Field> f = {}) { log(Level::info, m, f); }
inline void log_warn(std::string_view m, std::initializer_list<Field> f = {}) { log(Level::warn, m, f); }
inline void log_error(std::string_view m, std::initializer_list<Field> f = {}) { log(Level::error, m, f); }

}  // namespace dontgoback::telemetry
