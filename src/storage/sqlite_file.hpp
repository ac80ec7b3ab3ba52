#pragma once

#include "sqlite_connection.hpp"

namespace dontgoback::storage {

/// Makes the file of a database that is not there and may be made: mode 0600, of the folder's owner. Throws
/// DatabaseTrouble for one that is gone or cannot be made.
void prepare_sqlite_file(const SqliteOptions& options);

}  // namespace dontgoback::storage
