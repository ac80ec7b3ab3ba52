#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/module.hpp"
#include "dontgoback/result.hpp"
#include "fragments.hpp"
#include "walkers/walkers.hpp"

// Groups of walkers: a family, a company. Strangers come in by links.
namespace dontgoback::walk::groups {

using GroupId = Id<struct GroupTag>;  ///< inside only

inline constexpr std::int64_t kMostMembers = 100;
inline constexpr std::int64_t kMostGroups = 20;  ///< of a walker
inline constexpr std::size_t kLongestName = 30;  ///< code points

inline constexpr Failure kNoGroup{FailureKind::not_found, {"그룹을 찾을 수 없습니다.", "There is no such group."}};

/// The group with that UUID, of which the walker is a member. To everybody else it is as if there were none.
std::optional<GroupId> find_of_member(storage::Connection& connection, std::string_view uuid, WalkerId member);
struct Member {
  WalkerId walker;
  walkers::Uuid uuid;
  std::string nickname;
  bool is_owner = false;
};
/// Those that take part, in order of UUID.
std::vector<Member> members(storage::Connection& connection, GroupId group);
/// Holds the group against other writers until the transaction ends.
void lock_group(storage::Connection& connection, GroupId group);

/// A group as who moderates names knows it.
struct Named {
  std::string name;
  WalkerId owner;
};
/// Nothing: it is closed, or was ended.
std::optional<Named> find_named(storage::Connection& connection, GroupId group);
/// Whether the two are in one group.
bool share_one(storage::Connection& connection, WalkerId one, WalkerId other);
/// A name as it is kept: in Normalization Form C, without blanks at its ends. invalid: nothing, more than kLongestName
/// code points, or characters that cannot be seen. Pure.
Result<std::string> read_name(std::string_view sent);
/// Whoever owns it. invalid: as read_name; kNoGroup.
Result<Done> give_name(storage::Connection& connection, GroupId group, std::string_view name);
/// It is there for nobody any more, but for moderators.
void close(storage::Connection& connection, GroupId group);

/// What the members are shown for a while, and whoever looks next is shown the same. The board's part knows what it
/// says; it goes with the group.
struct Snapshot {
  GroupId group;
  int period = 0;
  time::Timestamp taken_at;
  std::string totals;
};
std::optional<Snapshot> find_snapshot(storage::Connection& connection, GroupId group, int period);
void keep_snapshot(storage::Connection& connection, const Snapshot& snapshot);
void drop_snapshots(storage::Connection& connection, GroupId group);
/// Those of groups after that one, all of a group or none; of about `limit` groups.
std::vector<Snapshot> snapshots_after(storage::Connection& connection, GroupId group, int limit);

/// Adds /api/v1/groups. `sessions` tells which walker asks, and is to live as long as the router.
void add_routes(Host& host, const http::Authenticator& sessions);
/// `dontgoback walkers rename-group|close-group`.
std::vector<Command> commands();

/// A walker's memberships go with it, or become another's; so does what it owns.
const walkers::Subscriber& subscriber();
/// Which groups a walker is in.
const walkers::Exporter& exporter();

}  // namespace dontgoback::walk::groups
