#include "updates.hpp"

#include <algorithm>
#include <string>

#include "dates.hpp"
#include "status.hpp"

namespace dontgoback::walk::rpc {
namespace {

constexpr const char* kOneDevice = "grpc";
constexpr int kMostHours = 25;
// Of a clock from UTC, in minutes: zones lie at quarters of an hour.
constexpr std::int64_t kLeastOffset = -12 * 60;
constexpr std::int64_t kMostOffset = 14 * 60;
constexpr std::int64_t kOffsetStep = 15;
// Years 0001 to 9999: what a timestamp is read from elsewhere, too.
constexpr std::int64_t kEarliest = -62'135'596'800'000;
constexpr std::int64_t kLatest = 253'402'300'799'999;

std::string steps_range() { return "must be 0 to " + std::to_string(steps::kMostSteps); }
bool in_range(std::int64_t count) { return count >= 0 && count <= steps::kMostSteps; }

bool is_offset(std::int64_t minutes) {
  return minutes >= kLeastOffset && minutes <= kMostOffset && minutes % kOffsetStep == 0;
}

bool is_device(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("._:-").find(c) != std::string_view::npos;
  };
  return text.size() <= steps::kLongestDevice && text.front() != '.' && std::all_of(text.begin(), text.end(), fits);
}

steps::Source source_of(::walk::v1::Source source) {
  switch (source) {
    case ::walk::v1::SOURCE_PHONE:
      return steps::Source::phone;
    case ::walk::v1::SOURCE_WATCH:
      return steps::Source::watch;
    case ::walk::v1::SOURCE_MANUAL:
      return steps::Source::manual;
    default:  // one of a later version of the service
      return steps::Source::unknown;
  }
}

// The first field that cannot be, and why; nothing when all can.
std::optional<std::pair<std::string, std::string>> problem_of(const ::walk::v1::Update& from) {
  using Problem = std::pair<std::string, std::string>;
  if (from.device().empty()) return Problem{"device", "is missing"};
  if (!is_device(from.device())) {
    return Problem{"device", "must be at most " + std::to_string(steps::kLongestDevice) +
                                 " of A-Z a-z 0-9 . _ : - and not begin with a dot"};
  }
  if (!in_range(from.total())) return Problem{"total", steps_range()};
  if (from.hours_size() > kMostHours) return Problem{"hours", "must be at most " + std::to_string(kMostHours)};
  for (int i = 0; i < from.hours_size(); ++i) {
    if (!in_range(from.hours(i))) return Problem{"hours[" + std::to_string(i) + "]", steps_range()};
  }
  if (from.has_offset_minutes() && !is_offset(from.offset_minutes())) {
    return Problem{"offset_minutes", "must be a multiple of 15 from -720 to 840"};
  }
  if (from.has_measured_at() && (from.measured_at() < kEarliest || from.measured_at() > kLatest)) {
    return Problem{"measured_at", "must be in the years 1 to 9999"};
  }
  return std::nullopt;
}

steps::Update update_of(const ::walk::v1::Update& from, time::Day day) {
  steps::Update update;
  update.day = day;
  update.device = from.device();
  update.source = source_of(from.source());
  update.total = from.total();
  update.hours.assign(from.hours().begin(), from.hours().end());
  update.version = from.version();
  if (from.has_offset_minutes()) update.offset_minutes = from.offset_minutes();
  if (from.has_measured_at()) update.measured_at = time::Timestamp(std::chrono::milliseconds(from.measured_at()));
  return update;
}

}  // namespace

Read<std::vector<steps::Update>> updates_of(const ::walk::v1::RecordRequest& request, const Calls& calls) {
  if (request.updates_size() < 1 || static_cast<std::size_t>(request.updates_size()) > steps::kMostUpdates) {
    return invalid("updates", "must be 1 to " + std::to_string(steps::kMostUpdates));
  }
  std::vector<steps::Update> updates;
  updates.reserve(static_cast<std::size_t>(request.updates_size()));
  for (int i = 0; i < request.updates_size(); ++i) {
    const auto& from = request.updates(i);
    const auto field = [i](std::string_view name) { return "updates[" + std::to_string(i) + "]." + std::string(name); };
    const auto day = calls.day_of(from.day());
    if (!day) return invalid(field("day"), "must be a day as 2026-01-31");
    if (const auto problem = problem_of(from)) return invalid(field(problem->first), problem->second);
    updates.push_back(update_of(from, *day));
  }
  return updates;
}

Read<std::vector<steps::Update>> updates_of(const ::step::StepInput& input, const Calls::Caller& caller,
                                            const Calls& calls) {
  if (input.userid().empty()) return invalid("userId", "is missing");
  if (!is_uuid(input.userid(), caller.uuid)) {
    return grpc::Status(grpc::StatusCode::PERMISSION_DENIED, "userId: one records one's own steps only");
  }
  const auto day = calls.day_of(plain_date(input.date()));
  if (!day) return invalid("date", "must be a day as 2024-12-30, 20241230 or 2024.12.30");
  if (!in_range(input.steps())) return invalid("steps", steps_range());
  steps::Update update;
  update.day = *day;
  update.device = kOneDevice;
  update.source = steps::Source::first_release;
  update.total = input.steps();
  return std::vector{std::move(update)};
}

bool is_uuid(std::string_view text, std::string_view lower_case) {
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + ('a' - 'A')) : a) == b; };
  return std::equal(text.begin(), text.end(), lower_case.begin(), lower_case.end(), same);
}

}  // namespace dontgoback::walk::rpc
