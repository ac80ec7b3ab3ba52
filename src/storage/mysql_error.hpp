#pragma once

namespace dontgoback::storage {

enum class MysqlErrorKind {
  duplicate_key,
  retry,  ///< the transaction is rolled back, or has to be, and may be run again
  lost,   ///< the connection has ended
  out_of_time,
  unavailable,   ///< full, read-only, stopped by an operator: not the program's defect
  already_done,  ///< a schema change whose result is there
  defect,
};

/// What an error number of MariaDB or of its client library means to the host.
MysqlErrorKind classify_mysql_error(unsigned number);

}  // namespace dontgoback::storage
