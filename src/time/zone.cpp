#include <date/tz.h>

#include <stdexcept>

#include "dontgoback/time/day.hpp"

namespace dontgoback::time {
namespace {

const date::time_zone& zone_of(const void* zone) { return *static_cast<const date::time_zone*>(zone); }

/// The library lists the names at first use and reads a zone's rules when that zone is first asked.
const date::time_zone* locate(const std::string& name) {
  try {
    const auto* zone = date::locate_zone(name);
    zone->get_info(date::sys_seconds{});  // a damaged file shows now, not at the first request
    return zone;
  } catch (const std::exception& error) {
    throw std::runtime_error("time zone \"" + name + "\": " + error.what());
  }
}

}  // namespace

Zone::Zone(std::string_view name) : name_(name), zone_(locate(name_)) {}

Day Zone::day_of(Timestamp moment) const {
  const auto local = zone_of(zone_).to_local(moment);
  return Day{std::chrono::sys_days{std::chrono::floor<std::chrono::days>(local.time_since_epoch())}};
}

Timestamp Zone::at(Day day, std::chrono::minutes time_of_day) const {
  const date::local_time<std::chrono::minutes> wall{day.date.time_since_epoch() + time_of_day};
  return zone_of(zone_).to_sys(wall, date::choose::earliest);  // in a gap this is the gap's end
}

}  // namespace dontgoback::time
