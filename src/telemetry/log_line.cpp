#include "log_line.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

#include "dontgoback/text/utf8.hpp"

namespace dontgoback::telemetry {
namespace {

std::string_view name_of(Level level) {
  switch (level) {
    case Level::debug:
      return "debug";
    case Level::info:
      return "info";
    case Level::warn:
      return "warn";
    case Level::error:
      return "error";
  }
  return "error";
}

void append_number(std::string& out, std::int64_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

// Lines come in bursts: the calendar is worked out once a second and thread, the milliseconds every time.
void append_time(std::string& out, time::Timestamp now) {
  using namespace std::chrono;
  thread_local sys_seconds known = sys_seconds::max();
  thread_local std::array<char, 32> text;
  const auto second = floor<seconds>(now);
  if (second != known) {
    const auto day = floor<days>(second);
    const year_month_day date{day};
    const hh_mm_ss clock{second - day};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    known = second;
  }
  const auto rest = static_cast<int>((now - second).count());
  const char milliseconds[] = {'.', static_cast<char>('0' + rest / 100), static_cast<char>('0' + rest / 10 % 10),
                               static_cast<char>('0' + rest % 10), 'Z'};
  out.append(text.data(), 19).append(milliseconds, sizeof milliseconds);
}

constexpr bool is_plain(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }

// Length of the UTF-8 sequence at the front of `bytes` that is fit to be shown; 0 when there is none (the C1 controls
// U+0080 to U+009F steer terminals too).
std::size_t shown_sequence(std::string_view bytes) {
  const auto length = text::sequence_length(bytes);
  const bool is_c1 = length == 2 && bytes[0] == '\xC2' && static_cast<unsigned char>(bytes[1]) < 0xA0;
  return length < 2 || is_c1 ? 0 : length;
}

// What may stand between JSON's quotes.
void append_escaped(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  while (!text.empty()) {
    const auto plain = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_plain) - text.begin());
    out.append(text, 0, plain);
    text.remove_prefix(plain);
    if (text.empty()) return;
    const char c = text.front();
    std::size_t taken = 1;
    if (c == '"' || c == '\\') {
      out.append({'\\', c});
    } else if (c == '\n') {
      out.append("\\n");
    } else if (const auto length = shown_sequence(text); length > 0) {
      out.append(text, 0, length);
      taken = length;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out.append("\\u00").append({kHex[byte >> 4U], kHex[byte & 15U]});
    }
    text.remove_prefix(taken);
  }
}

void append_quoted(std::string& out, std::string_view text) {
  out.push_back('"');
  append_escaped(out, text);
  out.push_back('"');
}

}  // namespace

void append_priority(std::string& out, Level level) {
  switch (level) {
    case Level::debug:
      out.append("<7>");
      return;
    case Level::info:
      out.append("<6>");
      return;
    case Level::warn:
      out.append("<4>");
      return;
    case Level::error:
      out.append("<3>");
      return;
  }
}

void append_text_line(std::string& out, time::Timestamp now, Level level, std::string_view message,
                      std::initializer_list<Field> fields) {
  append_time(out, now);
  const auto name = name_of(level);
  out.append(" ").append(name).append(6 - name.size(), ' ');
  append_escaped(out, message);
  for (const auto& field : fields) {
    out.append(" ").append(field.name).push_back('=');
    if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
      append_number(out, *number);
      continue;
    }
    const auto text = std::get<std::string_view>(field.value);
    const bool bare = !text.empty() &&
                      std::all_of(text.begin(), text.end(), [](char c) { return is_plain(c) && c != ' ' && c != '='; });
    if (bare) {
      out.append(text);
    } else {
      append_quoted(out, text);
    }
  }
  out.push_back('\n');
}

void append_json_line(std::string& out, time::Timestamp now, Level level, std::string_view message,
                      std::initializer_list<Field> fields) {
  out.append(R"({"time":")");
  append_time(out, now);
  out.append(R"(","level":")").append(name_of(level)).append(R"(","message":)");
  append_quoted(out, message);
  for (const auto& field : fields) {
    out.append(",\"").append(field.name).append("\":");
    if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
      append_number(out, *number);
    } else {
      append_quoted(out, std::get<std::string_view>(field.value));
    }
  }
  out.append("}\n");
}

}  // namespace dontgoback::telemetry
