#include "dontgoback/time/day.hpp"

#include <stdexcept>

namespace dontgoback::time {
namespace {

constexpr std::size_t kDayLength = 10;        // YYYY-MM-DD
constexpr std::size_t kTimestampLength = 24;  // YYYY-MM-DDThh:mm:ss.sssZ

constexpr Day kFirst{std::chrono::year{1} / std::chrono::January / 1};
constexpr Day kLast{std::chrono::year{9999} / std::chrono::December / 31};

/// Writes `width` digits of `number`. By hand, because every answer holds many of these.
char* write_digits(char* to, unsigned number, int width) {
  for (char* at = to + width; at != to; number /= 10) *--at = static_cast<char>('0' + number % 10);
  return to + width;
}

char* write_day(char* to, Day day) {
  if (day < kFirst || day > kLast) throw std::out_of_range("a day outside the years 1 to 9999");
  const std::chrono::year_month_day date{day.date};
  to = write_digits(to, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  *to++ = '-';
  to = write_digits(to, static_cast<unsigned>(date.month()), 2);
  *to++ = '-';
  return write_digits(to, static_cast<unsigned>(date.day()), 2);
}

/// The decimal number of exactly these digits; nothing for other characters.
std::optional<unsigned> read_digits(std::string_view text) {
  unsigned number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + static_cast<unsigned>(c - '0');
  }
  return number;
}

}  // namespace

std::string to_string(Day day) {
  char text[kDayLength];
  write_day(text, day);
  return {text, kDayLength};
}

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != kDayLength || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = read_digits(text.substr(0, 4));
  const auto month = read_digits(text.substr(5, 2));
  const auto day = read_digits(text.substr(8, 2));
  if (!year || !month || !day || *year == 0) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)}, std::chrono::month{*month},
                                         std::chrono::day{*day}};
  if (!date.ok()) return std::nullopt;
  return Day{std::chrono::sys_days{date}};
}

void append_rfc3339(std::string& out, Timestamp timestamp) {
  // Before any arithmetic: near the ends of 64 bit, rounding down to the day overflows.
  if (timestamp < kFirst.date || timestamp >= kLast.date + std::chrono::days{1}) {
    throw std::out_of_range("a moment outside the years 1 to 9999");
  }
  const auto day = std::chrono::floor<std::chrono::days>(timestamp);
  const auto milliseconds = static_cast<unsigned>((timestamp - day).count());
  char text[kTimestampLength];
  char* at = write_day(text, Day{day});
  *at++ = 'T';
  at = write_digits(at, milliseconds / 3'600'000, 2);
  *at++ = ':';
  at = write_digits(at, milliseconds / 60'000 % 60, 2);
  *at++ = ':';
  at = write_digits(at, milliseconds / 1'000 % 60, 2);
  *at++ = '.';
  at = write_digits(at, milliseconds % 1'000, 3);
  *at = 'Z';
  out.append(text, kTimestampLength);
}

std::string to_rfc3339(Timestamp timestamp) {
  std::string text;
  append_rfc3339(text, timestamp);
  return text;
}

}  // namespace dontgoback::time
