#pragma once

#include <filesystem>
#include <stdexcept>

namespace dontgoback::app {

/// Another server has the directory.
class DataDirInUse : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Keeps a second server away from a data directory, for as long as it lives; the system lets go when the process dies.
/// Commands may work beside a server.
class DataDirLock {
 public:
  /// Makes the directory when it is not there. Throws DataDirInUse when another server has it.
  explicit DataDirLock(const std::filesystem::path& data_dir);
  ~DataDirLock();
  DataDirLock(const DataDirLock&) = delete;
  DataDirLock& operator=(const DataDirLock&) = delete;

 private:
  int file_;
};

/// Makes the directory, for its owner only, when it is not there.
void make_data_dir(const std::filesystem::path& data_dir);

}  // namespace dontgoback::app
