#pragma once

#include <string>
#include <string_view>

// What other parts' SQL asks of relations. `reader` and `other` are ids: a column, or a parameter, which is one of its
// own wherever it stands.
namespace dontgoback::core::relations {

/// Whether none of the two blocks the other. `r` is used once in a statement. Counted, since MariaDB may turn an EXISTS
/// around.
inline std::string not_apart(std::string_view r, std::string_view reader, std::string_view other,
                             std::string_view index = "") {
  const std::string row(r);
  return "(SELECT COUNT(*) FROM relations " + row + std::string(index) + " WHERE " + row +
         ".user_id = " + std::string(reader) + " AND " + row + ".other_id = " + std::string(other) + " AND " + row +
         ".kind + 0 IN (1, 2)) = 0";  // no key of an index: the primary one is taken by the pair
}

/// The same in a `storage::Planned`.
inline std::string planned_not_apart(std::string_view r, std::string_view reader, std::string_view other) {
  return not_apart(r, reader, other, " {PRIMARY}");
}

/// How many reasons `reader` has not to find what `other` wrote in its lists: a block of either, its own mute. In a
/// `storage::Planned`.
inline std::string planned_turnings(std::string_view r, std::string_view reader, std::string_view other) {
  const std::string row(r);
  return "(SELECT COUNT(*) FROM relations " + row + " {PRIMARY} WHERE " + row + ".user_id = " + std::string(reader) +
         " AND " + row + ".other_id = " + std::string(other) + ")";
}

/// The same of who wrote what `from` joins (`FROM comments q {PRIMARY}`), as `other`, where `where` holds.
inline std::string planned_turnings_of(std::string_view r, std::string_view from, std::string_view reader,
                                       std::string_view other, std::string_view where) {
  const std::string row(r);
  return "(SELECT COUNT(*) " + std::string(from) + " CROSS JOIN relations " + row + " {PRIMARY} ON " + row +
         ".user_id = " + std::string(reader) + " AND " + row + ".other_id = " + std::string(other) + " WHERE " +
         std::string(where) + ")";
}

}  // namespace dontgoback::core::relations
