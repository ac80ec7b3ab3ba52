#pragma once

#include <string>

#include "store.hpp"

// Rules of groups, each in the caller's write transaction.
namespace dontgoback::walk::groups {

/// conflict: the walker has kMostGroups.
Result<Group> make(storage::Connection& connection, WalkerId owner, const std::string& name, time::Timestamp now);
/// The group with that UUID as one of its members finds it; its owner where `only_owner`, else forbidden. kNoGroup.
enum class By { member, owner };
Result<Group> find_as(storage::Connection& connection, std::string_view uuid, WalkerId walker, By by);

/// Whoever owned it goes: it is of who has been there longest. Without members it is gone.
void leave(storage::Connection& connection, const Group& group, WalkerId walker);

struct LinkTerms {
  std::int64_t uses;
  time::Timestamp expires_at;
};
/// Its token, which nobody has besides.
std::string make_link(storage::Connection& connection, const Group& group, const LinkTerms& terms);
/// Once used it is used; who is a member already uses nothing. not_found: it has expired, or was taken back or used up.
/// conflict: the group is full, or the walker has kMostGroups.
Result<Group> join(storage::Connection& connection, std::string_view link, WalkerId walker, time::Timestamp now);

/// It is there for nobody any more, but for its moderators.
void close(storage::Connection& connection, const Group& group);

}  // namespace dontgoback::walk::groups
