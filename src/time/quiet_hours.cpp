#include "dontgoback/time/quiet_hours.hpp"

#include "dontgoback/text/number.hpp"

namespace dontgoback::time {

std::optional<MinuteOfDay> parse_minute(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = text::number<unsigned>(text.substr(0, 2));
  const auto minute = text::number<unsigned>(text.substr(3));
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return std::chrono::hours(*hour) + MinuteOfDay(*minute);
}

std::string minute_text(MinuteOfDay moment) {
  const auto two = [](auto number) { return std::string(number < 10 ? "0" : "") + std::to_string(number); };
  return two(moment.count() / 60) + ":" + two(moment.count() % 60);
}

}  // namespace dontgoback::time
