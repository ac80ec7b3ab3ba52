#pragma once

#include <string>

// What other parts' SQL says of friendships. The columns they may read are in tables.txt.
namespace dontgoback::walk::friends {

/// The friends, as `f.other_id` and in its order, of the walker whose id is `:walker`: the beginning of a
/// `storage::Planned`, with `is_friend_of` in its WHERE.
inline std::string planned_friends() { return "FROM friendships f {friendships_by_kind} "; }
inline std::string is_friend_of() { return "f.walker_id = :walker AND f.kind = 3"; }

}  // namespace dontgoback::walk::friends
