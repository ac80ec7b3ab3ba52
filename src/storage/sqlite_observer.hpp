#pragma once

#include "dontgoback/storage/sql.hpp"

namespace sqlite_api {  // where soci-sqlite3.h declares SQLite
struct sqlite3;
}

namespace dontgoback::storage {

/// Told of every statement that the connections of a database run, by the thread that runs it. Tests look in this way
/// at what a statement touches; a program has none.
class SqliteObserver {
 public:
  virtual ~SqliteObserver() = default;
  /// `sql` is prepared, and run next. No statement of the connection is open.
  virtual void runs(sqlite_api::sqlite3* connection, const Sql& sql) = 0;
};

}  // namespace dontgoback::storage
