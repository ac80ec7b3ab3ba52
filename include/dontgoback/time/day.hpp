#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/json/form.hpp"
#include "dontgoback/storage/stored.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::time {

/// A calendar day of the service (no time, no zone). Stored as days since 1970-01-01.
struct Day {
  std::chrono::sys_days date{};

  constexpr std::int64_t number() const { return date.time_since_epoch().count(); }
  static constexpr Day from_number(std::int64_t days) { return Day{std::chrono::sys_days{std::chrono::days{days}}}; }
  friend constexpr auto operator<=>(Day, Day) = default;
  friend constexpr Day operator+(Day day, std::chrono::days n) { return Day{day.date + n}; }
  friend constexpr Day operator-(Day day, std::chrono::days n) { return Day{day.date - n}; }
};

/// `YYYY-MM-DD`, years 0001 to 9999; throws std::out_of_range for others, as to_rfc3339 does.
std::string to_string(Day day);
/// Reads exactly `YYYY-MM-DD`; nothing else, and no day that is not in the calendar.
std::optional<Day> parse_day(std::string_view text);

/// RFC 3339, UTC, milliseconds: `2026-01-31T09:15:00.123Z`, years 0001 to 9999.
std::string to_rfc3339(Timestamp timestamp);
/// The same, appended.
void append_rfc3339(std::string& out, Timestamp timestamp);

/// A time zone of the system's database (IANA name).
class Zone {
 public:
  /// Throws std::runtime_error for a name the database does not have.
  explicit Zone(std::string_view name);

  const std::string& name() const { return name_; }
  /// The service's day at that moment.
  Day day_of(Timestamp moment) const;
  /// The moment that wall clocks show `day` and `time_of_day`; in a gap the first moment after it, in an overlap the
  /// earlier.
  Timestamp at(Day day, std::chrono::minutes time_of_day) const;

 private:
  std::string name_;
  const void* zone_;  // date::time_zone, kept by its library for the life of the process
};

}  // namespace dontgoback::time

namespace dontgoback {

template <>
struct storage::Stored<time::Day> {
  using Column = std::int64_t;
  static std::int64_t to_column(time::Day day) { return day.number(); }
  static time::Day from_column(std::int64_t number) { return time::Day::from_number(number); }
};

/// `YYYY-MM-DD`.
template <>
struct json::Form<time::Day> {
  static void write(auto& writer, time::Day day) {
    writer.plain_text([day](std::string& out) { out.append(time::to_string(day)); });
  }
  static bool read(std::string_view from, time::Day& to) {
    const auto day = time::parse_day(from);
    if (day) to = *day;
    return day.has_value();
  }
};

/// RFC 3339 with milliseconds and `Z`.
template <>
struct json::Form<time::Timestamp> {
  static void write(auto& writer, time::Timestamp moment) {
    writer.plain_text([moment](std::string& out) { time::append_rfc3339(out, moment); });
  }
};

}  // namespace dontgoback
