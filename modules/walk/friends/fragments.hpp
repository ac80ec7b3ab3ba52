#pragma once

#include <string>

// What other parts' SQL says of friendships. The columns they may read are in tables.txt.
namespace dontgoback::walk::friends {

/// A walker and its friends, as `f.other_id`, of the walker `:walker`: the beginning of a `storage::Planned`.
inline std::string planned_friends() {
  return "FROM friendships f {friendships_by_kind} ";
}
inline std::string is_friend_of() { return "f.walker_id = :walker AND f.kind = 3"; }

}  // namespace dontgoback::walk::friends
