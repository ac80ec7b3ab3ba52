#include "telling.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace dontgoback::walk::steps {
namespace {

constexpr std::chrono::minutes kRepeats{10};

std::int64_t midnight_of(time::Day day, std::int64_t offset_minutes) {
  return day.number() * kMinutesOfDay - offset_minutes;
}

std::int64_t minute_of(time::Timestamp moment) {
  return std::chrono::floor<std::chrono::minutes>(moment.time_since_epoch()).count();
}

Hours without_zeros_at_end(Hours hours) {
  while (!hours.empty() && hours.back() == 0) hours.pop_back();
  return hours;
}

auto place_of(std::vector<Said>& said, std::string_view device, std::optional<std::int64_t> offset) {
  return std::ranges::lower_bound(said, std::tuple(device, offset), {}, [](const Said& each) {
    return std::tuple(std::string_view(each.device), each.offset_minutes);
  });
}

bool has_room(const std::vector<Said>& said, std::string_view device) {
  std::size_t devices = 0;
  bool known = false;
  std::string_view previous;
  for (const auto& each : said) {
    if (devices == 0 || each.device != previous) ++devices;
    known = known || each.device == device;
    previous = each.device;
  }
  return said.size() < kMostSaid && (known || devices < kMostDevices);
}

/// The first app counts since it came to the front: its counter begins anew, and nothing says so.
Telling tell_counter(Said& said, std::int32_t counted, time::Timestamp arrival) {
  const auto now = std::max<std::int64_t>(0, arrival.time_since_epoch().count());
  const auto running = said.total - said.before;
  const bool began = said.told_at == 0 || said.taken_back;
  if (!began && counted < running) {
    const auto since = std::chrono::milliseconds(now - said.told_at);
    if (since < kRepeats && since > -kRepeats) return Telling::nothing;
    if (since < kRepeats) {  // a wrong clock wrote that: from now on time is known
      said.told_at = now;
      return Telling::changed;
    }
    said.before = said.total;
  } else if (!began && counted == running && now == said.told_at) {
    return Telling::nothing;
  }
  if (began) said.before = 0;
  said.taken_back = false;
  said.total = static_cast<std::int32_t>(std::min<std::int64_t>(kMostSteps, std::int64_t{said.before} + counted));
  said.before = std::min(said.before, said.total);
  said.told_at = std::max<std::int64_t>(1, now);
  return Telling::changed;
}

/// The last of each hour stays.
bool add_point(std::vector<Checkpoint>& points, Checkpoint point) {
  const auto place =
      std::ranges::lower_bound(points, point.minute / 60, {}, [](const Checkpoint& each) { return each.minute / 60; });
  if (place == points.end() || place->minute / 60 != point.minute / 60) {
    points.insert(place, point);
    return true;
  }
  if (std::tuple(place->minute, place->total) >= std::tuple(point.minute, point.total)) return false;
  *place = point;
  return true;
}

bool add_moment(Said& said, std::int32_t minute) {
  if (said.first && *said.first <= minute && minute <= said.last) return false;
  said.last = said.first ? std::max(said.last, minute) : minute;
  said.first = std::min(said.first.value_or(minute), minute);
  return true;
}

Telling tell_running(Said& said, const Update& update, bool is_new, time::Timestamp arrival) {
  auto hours = without_zeros_at_end(update.hours);
  const auto told = std::tuple(update.version, update.total, std::tie(hours), update.source);
  const auto stands = std::tuple(said.version, said.total, std::tie(said.hours), said.source);
  const bool counts = said.taken_back ? update.version > said.version : is_new || told > stands;
  const bool stale = said.taken_back && update.version <= said.version;
  // What does not say when it was counted is judged by when it first came: a retry comes later.
  if (stale || (!counts && !update.measured_at)) return Telling::nothing;

  const auto moment = std::min(update.measured_at.value_or(arrival), arrival);
  const auto minute = static_cast<std::int32_t>(std::clamp<std::int64_t>(
      minute_of(moment) - midnight_of(update.day, said.offset_minutes.value_or(0)), -1, 800 * kMinutesOfDay));
  bool changed = counts;
  if (said.offset_minutes && minute >= 0 && minute <= kMinutesOfDay) {
    changed = add_moment(said, minute) || changed;
    if (hours.empty()) changed = add_point(said.points, {minute, update.total}) || changed;
  }
  const auto measured = std::max(0, minute);
  if (counts) {
    said.version = update.version;
    said.total = update.total;
    said.hours = std::move(hours);
    said.source = update.source;
    said.taken_back = false;
    said.measured = measured;
  } else if (told == stands && measured < said.measured) {
    said.measured = measured;
    changed = true;
  }
  return changed ? Telling::changed : Telling::nothing;
}

}  // namespace

Telling tell(Told& told, const Update& update, time::Timestamp arrival) {
  const bool counter = update.source == Source::first_release;
  const auto offset = counter ? std::nullopt : update.offset_minutes;
  auto place = place_of(told.said, update.device, offset);
  const bool is_new = place == told.said.end() || place->device != update.device || place->offset_minutes != offset;
  if (is_new) {
    if (!has_room(told.said, update.device)) return Telling::too_many;
    Said said;
    said.device = update.device;
    said.offset_minutes = offset;
    said.source = update.source;
    place = told.said.insert(place, std::move(said));
  }
  if (counter) {
    place->source = Source::first_release;
    return tell_counter(*place, update.total, arrival);
  }
  if (place->source == Source::first_release) return Telling::nothing;  // that name is taken
  return tell_running(*place, update, is_new, arrival);
}

bool take_back(Told& told, std::string_view device) {
  bool any = false;
  for (auto& said : told.said) {
    if (said.device != device || said.taken_back) continue;
    any = true;
    said.taken_back = true;
    said.total = said.before = 0;
    said.hours.clear();
    said.points.clear();
    said.first.reset();
    said.last = 0;
  }
  return any;
}

namespace {

constexpr std::int64_t kWestmost = -12 * 60;
constexpr std::int64_t kEastmost = 14 * 60;

bool is_a_device(std::string_view name) {
  const auto is_letter = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("-._:").find(c) != std::string_view::npos;
  };
  return !name.empty() && name.size() <= kLongestDevice && !name.starts_with('.') &&
         std::ranges::all_of(name, is_letter);
}

bool are_hours(const Update& update) {
  return update.hours.size() <= 25 &&
         std::ranges::all_of(update.hours, [](auto steps) { return steps >= 0 && steps <= kMostSteps; }) &&
         std::accumulate(update.hours.begin(), update.hours.end(), std::int64_t{0}) <= update.total;
}

std::optional<Problem> problem_of_numbers(const Update& update) {
  if (update.total < 0 || update.total > kMostSteps) {
    return Problem{0, "steps", {"`steps`는 0 이상 1000000 이하여야 합니다.", "`steps` is 0 to 1000000."}};
  }
  if (!are_hours(update)) {
    return Problem{0,
                   "hours",
                   {"`hours`는 0 이상의 수 25개 이하이고, 합은 `steps`를 넘을 수 없습니다.",
                    "`hours` are at most 25 numbers from 0 on, together no more than `steps`."}};
  }
  if (update.version < 0) return Problem{0, "version", {"`version`은 0 이상이어야 합니다.", "`version` is 0 or more."}};
  const auto offset = update.offset_minutes.value_or(0);
  if (offset < kWestmost || offset > kEastmost || offset % 15 != 0) {
    return Problem{0,
                   "utcOffsetMinutes",
                   {"`utcOffsetMinutes`는 -720 이상 840 이하의 15의 배수여야 합니다.",
                    "`utcOffsetMinutes` is a multiple of 15 from -720 to 840."}};
  }
  return std::nullopt;
}

std::optional<Problem> problem_of_time(const Update& update, const Judging& judging) {
  if (update.day < time::Day::from_number(0) || update.day > time::parse_day("9999-12-30").value()) {
    return Problem{0, "day", {"`day`가 올바른 날짜가 아닙니다.", "`day` is no day that can be."}};
  }
  if (!judging.clock_is_right) return std::nullopt;
  using std::chrono::floor, std::chrono::days, std::chrono::minutes;
  const time::Day latest{floor<days>(judging.now + minutes(kEastmost))};
  const time::Day earliest = time::Day{floor<days>(judging.now + minutes(kWestmost))} - days(kDaysBack);
  if (update.day > latest) {
    return Problem{0, "day", {"`day`는 아직 오지 않은 날입니다.", "`day` has not come yet anywhere."}};
  }
  if (update.day < earliest) {
    return Problem{0, "day", {"`day`는 400일보다 오래되었습니다.", "`day` is more than 400 days ago."}};
  }
  return std::nullopt;
}

std::optional<Problem> problem_of_one(const Update& update, const Judging& judging) {
  if (!is_a_device(update.device)) {
    return Problem{0,
                   "device",
                   {"`device`는 영문자, 숫자, `-`, `_`, `:`, `.`으로 된 1~64자여야 하며 점으로 시작할 수 없습니다.",
                    "`device` is 1 to 64 of A-Z, a-z, 0-9, `-`, `_`, `:` and `.`, not beginning with a dot."}};
  }
  if (update.source < Source::unknown || update.source > Source::first_release) {
    return Problem{0, "source", {"`source`를 알 수 없습니다.", "`source` is not known."}};
  }
  if (const auto problem = problem_of_numbers(update)) return problem;
  return problem_of_time(update, judging);
}

}  // namespace

std::optional<Problem> problem_of(std::span<const Update> updates, const Judging& judging) {
  if (updates.empty() || updates.size() > kMostUpdates) {
    return Problem{0, "updates", {"`updates`는 1개 이상 500개 이하여야 합니다.", "`updates` are 1 to 500."}};
  }
  for (std::size_t i = 0; i < updates.size(); ++i) {
    if (auto problem = problem_of_one(updates[i], judging)) {
      problem->index = i;
      return problem;
    }
  }
  return std::nullopt;
}

}  // namespace dontgoback::walk::steps
