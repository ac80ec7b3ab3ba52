#include "dontgoback/json/writer.hpp"

#include <charconv>
#include <cstring>

namespace dontgoback::json {
namespace {

bool needs_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

constexpr std::uint64_t repeat(std::uint8_t byte) { return 0x0101010101010101U * byte; }

/// Whether one of eight bytes is below 0x20, a quote or a backslash. Exact: a borrow that spills into the next byte can
/// only follow a byte that is one.
bool any_needs_escape(std::uint64_t bytes) {
  const auto zero = [](std::uint64_t x) { return (x - repeat(1)) & ~x; };
  const auto below_space = (bytes - repeat(0x20)) & ~bytes;
  return ((below_space | zero(bytes ^ repeat('"')) | zero(bytes ^ repeat('\\'))) & repeat(0x80)) != 0;
}

/// The first character that needs an escape, or `end`. Eight at a time: text is the bulk of an answer and rarely has
/// one.
const char* find_escape(const char* from, const char* end) {
  while (end - from >= 8) {
    std::uint64_t bytes;
    std::memcpy(&bytes, from, sizeof bytes);
    if (any_needs_escape(bytes)) break;
    from += 8;
  }
  while (from != end && !needs_escape(*from)) ++from;
  return from;
}

void append_escape(std::string& out, char c) {
  static constexpr char kHex[] = "0123456789abcdef";
  if (c == '"' || c == '\\') {
    const char escape[] = {'\\', c};
    out.append(escape, sizeof escape);
  } else {
    const auto byte = static_cast<unsigned char>(c);
    const char escape[] = {'\\', 'u', '0', '0', kHex[byte >> 4], kHex[byte & 15]};
    out.append(escape, sizeof escape);
  }
}

void append_text(std::string& out, std::string_view text) {
  out.push_back('"');
  const char* from = text.data();
  const char* const end = from + text.size();
  for (;;) {
    const char* const stop = find_escape(from, end);
    out.append(from, stop);
    if (stop == end) break;
    append_escape(out, *stop);
    from = stop + 1;
  }
  out.push_back('"');
}

void append_decimal(std::string& out, std::int64_t number, std::size_t places) {
  if (number < 0) out.push_back('-');
  const auto magnitude = number < 0 ? ~static_cast<std::uint64_t>(number) + 1 : static_cast<std::uint64_t>(number);
  char digits[20];
  const auto length = static_cast<std::size_t>(std::to_chars(digits, digits + sizeof digits, magnitude).ptr - digits);
  const auto whole = length > places ? length - places : 0;
  if (whole == 0) out.push_back('0');
  out.append(digits, whole);
  out.push_back('.');
  out.append(places - (length - whole), '0');
  out.append(digits + whole, length - whole);
}

}  // namespace

void Writer::separate() {
  if (!first_) out_.push_back(',');
  first_ = false;
}

void Writer::open(char bracket) {
  separate();
  out_.push_back(bracket);
  first_ = true;
}

void Writer::close(char bracket) {
  out_.push_back(bracket);
  first_ = false;
}

void Writer::key(std::string_view name) {
  separate();
  out_.push_back('"');
  out_.append(name);
  out_.append("\":", 2);
  first_ = true;
}

void Writer::null() { raw("null"); }

void Writer::value(std::string_view text) {
  separate();
  append_text(out_, text);
}

void Writer::value(bool boolean) { raw(boolean ? "true" : "false"); }

void Writer::value(std::int64_t number) {
  char digits[20];
  const auto* end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  raw({digits, static_cast<std::size_t>(end - digits)});
}

std::string& Writer::begin_text() {
  separate();
  out_.push_back('"');
  return out_;
}

void Writer::end_text() { out_.push_back('"'); }

void Writer::decimal(std::int64_t number, std::size_t places) {
  separate();
  append_decimal(out_, number, places);
}

void Writer::raw(std::string_view json) {
  separate();
  out_.append(json);
}

}  // namespace dontgoback::json
