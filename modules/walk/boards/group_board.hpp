#pragma once

#include <string>
#include <string_view>

#include "groups/groups.hpp"
#include "store.hpp"

// Boards of groups, whose members may be strangers: they move in steps of five minutes, the same on every node.
namespace dontgoback::walk::boards {

/// How long what members are shown stands. Whoever looks first after that renews it.
inline constexpr std::chrono::minutes kStands{5};

/// What a snapshot keeps of a member, and its form in the column: `walker steps doubtful reached_at`, a line each.
/// Pure. What cannot be read is no member.
std::string to_text(const std::vector<Entry>& entries);
std::vector<Entry> from_text(std::string_view text);

/// As it stands, for one of its members. Reads, and writes where it is to be renewed.
Board group_board(storage::Database& database, groups::GroupId group, WalkerId looks, const Looking& looking);

struct Verified {
  std::int64_t checked = 0;  ///< snapshots
  std::int64_t wrong = 0;    ///< of which so many were removed, to be taken anew
};
/// Whether what groups are shown is what the days of its members say. Of a member whose days have changed since,
/// nothing can be said.
Verified verify(storage::Database& database);

}  // namespace dontgoback::walk::boards
