#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/module.hpp"
#include "dontgoback/storage/connection.hpp"
#include "expiry/expiry.hpp"

// The trail of what moderators, admins and operators did and looked at: who, when, what, to what, why. Rows are added
// in the transaction of the act and never changed. They hold numbers of accounts and posts, and outlive both.
namespace dontgoback::core::audit {

/// The number is the column's.
enum class Action {
  hide = 1,
  restore = 2,
  suspend = 3,
  lift = 4,
  dismiss = 5,  ///< a report, or what was held
  change_rules = 6,
  look = 7,  ///< behind what is written without its author
  stop = 8,  ///< keep who wrote it so from writing
  rename = 9,
  remove = 10,          ///< a nickname, a group
  read_revisions = 11,  ///< what a text said before it was edited
};

/// What walkers reported is known by its number there: nothing in the trail ties a walker to an account.
enum class TargetKind { none = 0, feed = 1, comment = 2, user = 3, walk_report = 4 };

struct Target {
  TargetKind kind = TargetKind::none;
  std::int64_t id = 0;

  friend bool operator==(const Target&, const Target&) = default;
};

/// `HIDE`, `RESTORE`, `SUSPEND`, `LIFT`, `DISMISS`, `RULES`, `LOOK`, `STOP`, `RENAME`, `REMOVE` or
/// `REVISIONS`.
std::string_view to_string(Action action);
/// `NONE`, `FEED`, `COMMENT`, `USER` or `WALK_REPORT`.
std::string_view to_string(TargetKind kind);

using EntryId = Id<struct AuditEntryTag>;

/// Who acts at the command line, and the node by itself.
inline constexpr UserId kOperator{0};

/// Characters of a reason.
inline constexpr std::size_t kMaxReason = 200;
/// What is older is removed.
inline constexpr time::Timestamp::duration kLife = std::chrono::hours(24) * 730;

/// Adds a row, in the caller's transaction. `reason`: at most kMaxReason characters.
EntryId record(storage::Connection& connection, UserId actor, Action action, const Target& target,
               std::string_view reason, time::Timestamp now);

/// Views are valid while the row is being read.
struct Entry {
  EntryId id;
  time::Timestamp at;
  UserId actor;
  Action action;
  Target target;
  std::string_view reason;
};
/// At most `limit` with ids below `before`, the newest first.
void each_entry(storage::Connection& connection, std::int64_t before, int limit,
                const std::function<void(const Entry&)>& row);

/// Who acted; nothing when the entry is not kept any more.
std::optional<UserId> actor_of(storage::Connection& connection, EntryId id);

/// `GET /api/v1/admin/audit`, for admins. `sessions` tells who is signed in, and is to live as long as the router.
void add_routes(Host& host, const http::Authenticator& sessions);

/// `dontgoback moderation audit`.
std::vector<Command> commands();

/// Removes what is older than kLife.
std::int64_t remove_expired(const expiry::Sweep& sweep);

}  // namespace dontgoback::core::audit
