#pragma once

#include <sys/stat.h>

#include <chrono>
#include <filesystem>

#include "sqlite_connection.hpp"

namespace dontgoback::storage {

/// A connection to an SQLite file that changes nothing on disk, opened as what others do with the file allows. Where
/// nobody has it open there is nothing to lock, so whether it stayed the same is looked at afterwards.
class SqliteReading {
 public:
  /// Throws Unavailable when the file cannot be opened. A zero limit is none.
  SqliteReading(const std::filesystem::path& file, std::chrono::milliseconds statement_limit,
                std::chrono::milliseconds busy_limit);

  SqliteConnection& connection() { return connection_; }
  /// Whether the file may still be read by this connection: it is unchanged, or others that change it are known of.
  bool still_good() const;
  /// To be called after reading, also after what failed. Throws Unavailable when the file has changed under it.
  void confirm() const;

 private:
  const std::filesystem::path file_;
  const struct stat seen_;
  const SqliteAccess access_;
  SqliteConnection connection_;
};

}  // namespace dontgoback::storage
