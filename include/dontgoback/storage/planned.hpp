#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/storage/connection.hpp"

namespace dontgoback::storage {

/// A statement that walks rows: a page of a list, a slice of a job. Its plan is written into it, so that it costs the
/// same whatever the statistics say: tables in the order of the text, each by the index named after it.
///
///     const storage::Planned kPage("feed/page", "SELECT … FROM posts p {posts_shown} CROSS JOIN accounts a {PRIMARY}
///     ON "
///                                               "a.id = p.user_id WHERE p.shown = 1 AND p.id < :before …");
///
/// `{index}` is INDEXED BY on SQLite (nothing for PRIMARY, which it cannot name and takes) and FORCE INDEX on MariaDB;
/// CROSS JOIN keeps the order on SQLite, and becomes STRAIGHT_JOIN. Also of an UPDATE or DELETE of one table.
///
/// Of static life, at namespace scope. tests/integration/plans explains every one on both databases and refuses one it
/// does not know; the tests' databases refuse a statement that walks rows and is none.
class Planned {
 public:
  /// `name` is what metrics and logs call it: `part/what`, a literal.
  Planned(std::string_view name, std::string_view text, const char* file = __builtin_FILE(),
          int line = __builtin_LINE());
  Planned(const Planned&) = delete;
  Planned& operator=(const Planned&) = delete;

  Sql in(Dialect dialect) const { return {dialect == Dialect::sqlite ? sqlite_ : mysql_, name_, file_, line_}; }
  Sql on(const Connection& connection) const { return in(connection.dialect()); }
  std::string_view name() const { return name_; }

  /// All of the program.
  static std::vector<const Planned*> all();

 private:
  static inline const Planned* last_ = nullptr;

  const std::string_view name_;
  const std::string sqlite_;
  const std::string mysql_;
  const char* const file_;
  const int line_;
  const Planned* const previous_;
};

}  // namespace dontgoback::storage
