#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "told.hpp"

// What a walker's day comes to (docs/steps.md). Pure: the same of the same told days.
namespace dontgoback::walk::steps {

/// So many label days before and after a day have a part in it: a day lasts 50 hours at most, from UTC+14 to UTC-12,
/// and what a device told of one time under several offsets hangs together.
inline constexpr std::int64_t kReach = 3;

/// What one device has of a day.
struct DeviceShare {
  std::string device;
  Source source = Source::unknown;
  std::int32_t total = 0;
  bool tells_hours = false;
  friend bool operator==(const DeviceShare&, const DeviceShare&) = default;
};

struct DaySum {
  std::int32_t total = 0;
  bool by_hours = false;    ///< the larger of each hour, summed; else the larger total of the day's devices
  std::int32_t joined = 0;  ///< what the hours come to
  std::int32_t best_hour = 0;
  std::vector<DeviceShare> devices;  ///< by name, those that count
};

/// Whether all these label days were told under one offset at most: then a day is what was told of its label day.
bool of_one_offset(std::span<const ToldDay> told);

/// The sum of a day around which there is one offset only.
DaySum sum_of(const Told& told);
/// The sum of any day. `told`: in order of day; those within kReach of it count, others change nothing.
DaySum sum_of(time::Day day, std::span<const ToldDay> told);

}  // namespace dontgoback::walk::steps
