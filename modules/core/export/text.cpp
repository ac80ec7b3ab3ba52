#include <algorithm>
#include <chrono>

#include "page.hpp"

namespace dontgoback::core::exports {

void append_escaped(std::string& html, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default: {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte >= 0x20 && byte != 0x7F) || c == '\n' || c == '\t') html += c;
      }
    }
  }
}

std::string local_time(const time::Zone& zone, time::Timestamp moment) {
  using std::chrono::minutes;
  const auto day = zone.day_of(moment);
  const auto since = [&](time::Timestamp from) { return std::chrono::floor<minutes>(moment - from); };
  // On a day when the clocks change, what has passed of it is not what they show, and may be what they never show.
  auto shown = since(zone.at(day, minutes(0)));
  while (zone.at(day, shown) == zone.at(day, shown + minutes(1))) ++shown;
  shown += since(zone.at(day, shown));
  const auto two = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return time::to_string(day) + ' ' + two(shown.count() / 60) + ':' + two(shown.count() % 60);
}

std::string grouped(Won amount) {
  auto digits = std::to_string(amount.value);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), 1, ',');
  }
  return digits;
}

}  // namespace dontgoback::core::exports
