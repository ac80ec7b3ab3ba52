#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace dontgoback::time {

/// A moment of a day: minutes since midnight, below 24 h.
using MinuteOfDay = std::chrono::minutes;

/// Reads exactly `HH:MM`, 00:00 to 23:59.
std::optional<MinuteOfDay> parse_minute(std::string_view text);
/// `HH:MM`.
std::string minute_text(MinuteOfDay moment);

/// When nothing is to sound: from the one until the other, perhaps past midnight; they differ.
struct QuietHours {
  MinuteOfDay from;
  MinuteOfDay to;

  constexpr bool hold(MinuteOfDay now) const { return from < to ? from <= now && now < to : from <= now || now < to; }
  friend bool operator==(const QuietHours&, const QuietHours&) = default;
};

}  // namespace dontgoback::time
