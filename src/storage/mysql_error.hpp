#pragma once

#include <string>
#include <string_view>

namespace dontgoback::storage {

enum class MysqlErrorKind {
  duplicate_key,
  retry,  ///< the transaction is rolled back, or has to be, and may be run again
  lost,   ///< the connection has ended
  out_of_time,
  full,
  read_only,
  damaged,
  gone,          ///< the tables are not there
  failing,       ///< stopped by an operator, out of memory: not the program's defect
  already_done,  ///< a schema change whose result is there
  defect,
};

/// What an error number of MariaDB or of its client library means to the host.
MysqlErrorKind classify_mysql_error(unsigned number);

/// Whether a schema change failed because the column that it renames has its new name already.
bool has_renamed(unsigned number, std::string_view sql);

/// Why a server that calls itself `version` cannot be used; empty: it can.
std::string lack_of_server(std::string_view version);

}  // namespace dontgoback::storage
