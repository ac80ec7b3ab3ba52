#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/id.hpp"
#include "dontgoback/money.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::json {

/// Appends JSON (RFC 8259) to a string, without an intermediate tree. Commas are its own business; nesting is the
/// caller's:
///     w.begin_object(); w.field("feedId", id); w.key("tags"); w.begin_array(); w.value("a"); w.end_array();
///     w.end_object();
/// Text must be well-formed UTF-8. Days are `YYYY-MM-DD`, timestamps RFC 3339 with milliseconds and `Z`.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  /// `"name":`. The name is a literal that needs no escape.
  void key(std::string_view name);

  void null();
  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(bool boolean);
  void value(std::int64_t number);
  void value(int number) { value(static_cast<std::int64_t>(number)); }
  void value(Won won) { value(won.value); }
  /// As a decimal with nine places: 1.012345678.
  void value(Multiplier multiplier);
  void value(time::Day day);
  void value(time::Timestamp moment);
  template <class Tag>
  void value(Id<Tag> id) {
    value(id.value);
  }
  template <class T>
  void value(const std::optional<T>& optional) {
    if (optional) {
      value(*optional);
    } else {
      null();
    }
  }
  /// Hundredths as a decimal with two places: -123 is -1.23.
  void hundredths(std::int64_t number);
  /// Text that is JSON already.
  void raw(std::string_view json);

  template <class T>
  void field(std::string_view name, const T& content) {
    key(name);
    value(content);
  }

 private:
  void open(char bracket);
  void close(char bracket);
  void separate();

  std::string& out_;
  bool first_ = true;  // nothing yet at this level: no comma before the next
};

}  // namespace dontgoback::json
