#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/json/form.hpp"

namespace dontgoback::json {

/// Appends JSON (RFC 8259) to a string, without an intermediate tree. Commas are its own business; nesting is the
/// caller's:
///     w.begin_object(); w.field("feedId", id); w.key("tags"); w.begin_array(); w.value("a"); w.end_array();
///     w.end_object();
/// Text must be well-formed UTF-8. Types of the domain are written in the form they have beside them (`Form`).
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
  template <class T>
  void value(const std::optional<T>& optional) {
    if (optional) {
      value(*optional);
    } else {
      null();
    }
  }
  template <class T>
  requires requires(Writer& writer, const T& content) { Form<T>::write(writer, content); }
  void value(const T& content) { Form<T>::write(*this, content); }
  /// `number` / 10^places as a decimal with exactly so many places: -123 with 2 is -1.23.
  void decimal(std::int64_t number, std::size_t places);
  /// Text that `append(std::string& out)` adds, of characters that need no escape.
  template <class F>
  void plain_text(F append) {
    append(begin_text());
    end_text();
  }
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
  std::string& begin_text();
  void end_text();

  std::string& out_;
  bool first_ = true;  // nothing yet at this level: no comma before the next
};

}  // namespace dontgoback::json
