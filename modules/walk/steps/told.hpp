#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "steps.hpp"

// What the devices of a walker said of a day that their clocks showed: all that is kept of updates, and all that a day
// is made from (docs/steps.md). Pure.
namespace dontgoback::walk::steps {

inline constexpr std::int32_t kMinutesOfDay = 24 * 60;

/// So much was counted by then.
struct Checkpoint {
  std::int32_t minute;  ///< from the day's midnight on the device's clock, at most kMinutesOfDay
  std::int32_t total;
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

/// What one device said of one day under one offset of its clock.
struct Said {
  std::string device;
  std::optional<std::int64_t> offset_minutes;  ///< nothing: it does not tell, and means the walker's own day
  Source source = Source::unknown;
  std::int64_t version = 0;
  std::int32_t total = 0;
  Hours hours;              ///< without zeros at the end
  bool taken_back = false;  ///< counts for nothing until a later version is told

  // Minutes from the day's midnight on the device's clock.
  std::int32_t measured = 0;          ///< when what stands was counted; may lie after the day
  std::optional<std::int32_t> first;  ///< the first and the last moment of the day itself at which it was told of: then
  std::int32_t last = 0;              ///< the device's clock had this offset
  std::vector<Checkpoint> points;     ///< the last of each hour of a running total, by the minute

  // Of RecordSteps alone.
  std::int32_t before = 0;   ///< by counters that ended: `total` is with it
  std::int64_t told_at = 0;  ///< when the counter that runs last told as much as it has, in milliseconds since 1970

  friend bool operator==(const Said&, const Said&) = default;
};

/// Of one day; by device, then offset, those that do not tell one first.
struct Told {
  std::vector<Said> said;
  friend bool operator==(const Told&, const Told&) = default;
};

/// A label day with what was said of it.
struct ToldDay {
  time::Day day;
  Told told;
};

inline constexpr std::size_t kMostSaid = 3 * kMostDevices;  ///< of a day: a device may have seen several offsets

/// As it lies in a column. The first byte is the version of the form.
std::string encode(const Told& told);
/// Nothing for bytes that `encode` never makes: what is read is encoded to the same bytes.
std::optional<Told> decode(std::string_view bytes);

}  // namespace dontgoback::walk::steps
