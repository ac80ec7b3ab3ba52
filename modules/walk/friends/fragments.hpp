#pragma once

#include <string>
#include <string_view>

// What other parts' SQL says of friendships. The columns they may read are in tables.txt.
namespace dontgoback::walk::friends {

/// The friends, as `f.other_id` and in its order, of the walker whose id is `:walker`: the beginning of a
/// `storage::Planned`, with `is_friend_of` in its WHERE.
inline std::string planned_friends() { return "FROM friendships f {friendships_by_kind} "; }
inline std::string is_friend_of() { return "f.walker_id = :walker AND f.kind = 3"; }

/// The friends of the walker whose id is in `walker`, as `f`, to be joined next in a `storage::Planned`.
inline std::string planned_join(std::string_view f, std::string_view walker) {
  const std::string name(f);
  return "CROSS JOIN friendships " + name + " {friendships_by_kind} ON " + name +
         ".walker_id = " + std::string(walker) + " AND " + name + ".kind = 3";
}

}  // namespace dontgoback::walk::friends
