#include "day_rule.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <string_view>

#include "device_counts.hpp"
#include "walker_clock.hpp"

namespace dontgoback::walk::steps {
namespace {

constexpr std::size_t kHoursOfDay = 25;

bool counts(const Said& said) { return !said.taken_back; }

std::int32_t as_total(std::int64_t steps) { return static_cast<std::int32_t>(std::min(steps, kMostSteps)); }

void join(std::vector<std::int32_t>& joined, const Counts& counts) {
  for (std::size_t i = 0; i < joined.size(); ++i) joined[i] = std::max(joined[i], counts.steps[i]);
}

void add_share(std::vector<DeviceShare>& devices, const Said& said, std::int64_t total, bool tells_hours) {
  if (devices.empty() || devices.back().device != said.device) devices.push_back({said.device, said.source, 0, false});
  auto& share = devices.back();
  share.tells_hours = share.tells_hours || tells_hours;
  if (total < share.total) return;
  share.total = as_total(total);
  share.source = said.source;
}

void decide(DaySum& sum) {
  std::int32_t largest = 0;
  for (const auto& device : sum.devices) largest = std::max(largest, device.total);
  sum.total = std::max(largest, sum.joined);
  sum.by_hours = sum.joined > 0 && sum.joined >= largest;
}

/// What lies where the offset is known: of all quarters that may be the day's.
class Window {
 public:
  Window(time::Day day, std::span<const ToldDay> told)
      : day_(day),
        told_(told),
        clock_(told),
        first_((day.number() * kMinutesOfDay - 14 * 60) / 15),
        end_((day.number() * kMinutesOfDay + 36 * 60) / 15),
        is_in_(static_cast<std::size_t>(end_ - first_)),
        joined_(is_in_.size()),
        own_(is_in_.size()) {
    for (auto quarter = first_; quarter < end_; ++quarter) {
      is_in_[static_cast<std::size_t>(quarter - first_)] = clock_.day_of(quarter) == day;
    }
  }

  DaySum sum();

 private:
  struct Device {
    std::vector<Frame> frames;
    std::vector<const Said*> of_the_day;  // of this label day, whatever the offset
  };

  std::map<std::string_view, Device> devices() const;
  std::int64_t offset_of(time::Day label) const;
  std::int64_t sum_in(const Counts& counts) const;
  void add(DaySum& sum, const Device& device);
  std::int64_t unplaced_of(const Frame& frame) const;

  const time::Day day_;
  const std::span<const ToldDay> told_;
  const WalkerClock clock_;
  const Quarter first_, end_;
  std::vector<bool> is_in_;
  std::vector<std::int32_t> joined_;
  std::vector<std::int32_t> own_;  // of who tells hours of this day but no offset: it is in, wherever it lies
};

/// For who tells hours but no offset: what the clock showed in the middle of that day.
std::int64_t Window::offset_of(time::Day label) const {
  return clock_.offset_at((label.number() * kMinutesOfDay + kMinutesOfDay / 2) / 15);
}

std::map<std::string_view, Window::Device> Window::devices() const {
  std::map<std::string_view, Device> devices;
  for (const auto& label : told_) {
    for (const auto& said : label.told.said) {
      if (!counts(said)) continue;
      if (said.offset_minutes) {
        devices[said.device].frames.push_back({&said, midnight_of(label.day, *said.offset_minutes)});
      } else if (label.day == day_) {
        devices[said.device].of_the_day.push_back(&said);
      }
    }
  }
  return devices;
}

std::int64_t Window::sum_in(const Counts& counts) const {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < is_in_.size(); ++i) sum += is_in_[i] ? counts.steps[i] : 0;
  return sum;
}

/// A total beyond its hours lies where it was last told.
std::int64_t Window::unplaced_of(const Frame& frame) const {
  const auto& said = *frame.said;
  const auto rest = said.total - std::accumulate(said.hours.begin(), said.hours.end(), std::int64_t{0});
  const auto at = (frame.midnight + std::clamp(said.measured, 1, kMinutesOfDay) - 1) / 15 - first_;
  if (rest <= 0 || at < 0 || at >= end_ - first_ || !is_in_[static_cast<std::size_t>(at)]) return 0;
  return rest;
}

void Window::add(DaySum& sum, const Device& device) {
  const auto has_hours = [](const Frame& frame) { return !frame.said->hours.empty(); };
  const auto says_when = [](const Frame& frame) { return !frame.said->hours.empty() || frame.said->total == 0; };
  std::vector<Frame> by_hours;
  std::ranges::copy_if(device.frames, std::back_inserter(by_hours), says_when);
  std::optional<Counts> hours;
  if (!by_hours.empty()) {
    hours = counts_by_hours(by_hours, first_, end_);
    join(joined_, *hours);
  }
  if (device.frames.empty()) return;
  const bool all = by_hours.size() == device.frames.size();
  auto total = sum_in(all ? *hours : counts_by_totals(device.frames, first_, end_));
  if (all) {
    for (const auto& frame : by_hours) total += unplaced_of(frame);
  }
  if (total > 0) add_share(sum.devices, *device.frames.back().said, total, std::ranges::any_of(by_hours, has_hours));
}

DaySum Window::sum() {
  DaySum sum;
  for (const auto& [name, device] : devices()) {
    add(sum, device);
    for (const auto* said : device.of_the_day) {
      add_share(sum.devices, *said, said->total, !said->hours.empty());
      if (said->hours.empty()) continue;
      const Frame frame{said, midnight_of(day_, offset_of(day_))};
      join(own_, counts_by_hours({&frame, 1}, first_, end_));
    }
  }
  std::int64_t joined = 0, hour = 0;
  for (std::size_t i = 0; i < joined_.size(); ++i) {
    if ((first_ + static_cast<Quarter>(i)) % 4 == 0) hour = 0;
    const auto steps = std::max(is_in_[i] ? joined_[i] : 0, own_[i]);
    hour += steps;
    joined += steps;
    sum.best_hour = std::max(sum.best_hour, as_total(hour));
  }
  sum.joined = as_total(joined);
  decide(sum);
  return sum;
}

}  // namespace

bool of_one_offset(std::span<const ToldDay> told) {
  std::optional<std::int64_t> offset;
  for (const auto& day : told) {
    for (const auto& said : day.told.said) {
      if (!said.offset_minutes) continue;
      if (offset && *offset != *said.offset_minutes) return false;
      offset = said.offset_minutes;
    }
  }
  return true;
}

DaySum sum_of(const Told& told) {
  DaySum sum;
  std::array<std::int32_t, kHoursOfDay> hours{};
  for (const auto& said : told.said) {
    if (!counts(said)) continue;
    add_share(sum.devices, said, said.total, !said.hours.empty());
    for (std::size_t i = 0; i < said.hours.size(); ++i) hours[i] = std::max(hours[i], said.hours[i]);
  }
  sum.joined = as_total(std::accumulate(hours.begin(), hours.end(), std::int64_t{0}));
  sum.best_hour = *std::ranges::max_element(hours);
  decide(sum);
  return sum;
}

DaySum sum_of(time::Day day, std::span<const ToldDay> told) {
  const std::chrono::days reach(kReach);
  const auto from = std::ranges::lower_bound(told, day - reach, {}, &ToldDay::day);
  const auto to = std::ranges::upper_bound(told, day + reach, {}, &ToldDay::day);
  return Window(day, {from, to}).sum();
}

}  // namespace dontgoback::walk::steps
