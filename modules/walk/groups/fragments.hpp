#pragma once

#include <string>

// What other parts' SQL says of groups. The columns they may read are in tables.txt.
namespace dontgoback::walk::groups {

/// The members, as `m.walker_id` and in its order, of the group whose inside number is `:group`: the beginning of a
/// `storage::Planned`, with `is_member_of` in its WHERE.
inline std::string planned_members() { return "FROM group_members m {PRIMARY} "; }
inline std::string is_member_of() { return "m.group_id = :group"; }

}  // namespace dontgoback::walk::groups
