#pragma once

#include <string>
#include <vector>

#include "dontgoback/result.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock.hpp"
#include "names.hpp"

// Days of a walker and its friends, as calls ask for them.
namespace dontgoback::walk::rpc {

inline constexpr Failure kNotAFriend{
    FailureKind::forbidden,
    {"자신과 친구의 걸음만 볼 수 있습니다.", "One sees one's own steps, and those of one's friends."}};

Result<std::vector<Calls::DayOf>> days_of(storage::Connection& connection, const Names& names, WalkerId caller,
                                          const std::vector<std::string>& uuids, const Calls::Days& days,
                                          time::Timestamp now);

/// Who is meant by the UUIDs, as far as the first that the caller may not look at, for which days_of refuses; none: the
/// caller and its friends.
std::vector<WalkerId> looked_at(storage::Connection& connection, const Names& names, WalkerId caller,
                                const std::vector<std::string>& uuids);

}  // namespace dontgoback::walk::rpc
