#include "asked_days.hpp"

#include <algorithm>

#include "dates.hpp"
#include "status.hpp"

namespace dontgoback::walk::rpc {

std::string first_of(const ::step::GetStepsByUuidsInput& input) {
  return input.userids_size() > 0 ? input.userids(0) : std::string();
}

Read<AskedDays> asked_days(const ::step::GetStepsByUuidsInput& input, const Calls& calls) {
  if (input.userids_size() < 1) return invalid("userIds", "is missing");
  if (static_cast<std::size_t>(input.userids_size()) > kMostWalkers) {
    return invalid("userIds", "must be at most " + std::to_string(kMostWalkers));
  }
  AskedDays asked;
  for (const auto& uuid : input.userids()) {
    if (uuid.empty()) return invalid("userIds", "has an empty one");
    if (std::find(asked.uuids.begin(), asked.uuids.end(), uuid) == asked.uuids.end()) asked.uuids.push_back(uuid);
  }
  if (!input.date().empty()) {
    const auto day = calls.day_of(plain_date(input.date()));
    if (!day) return invalid("date", "must be a day as 2024-12-30, 20241230 or 2024.12.30");
    asked.days = {*day, *day};
    asked.has_day = true;
  }
  return asked;
}

}  // namespace dontgoback::walk::rpc
