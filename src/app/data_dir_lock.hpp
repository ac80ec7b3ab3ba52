#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>

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

  /// Writes into the lock's file how this server is reached by commands: see `server_on`.
  void announce(const std::string& management_url) const;

 private:
  int file_;
};

/// The server that has a data directory; or, rarely, a process that has the number of one that was killed.
struct ServerOnDirectory {
  std::int64_t process_id;
  std::string management_url;
};
/// As it has announced itself; nothing when none has, it is gone, or the file may not be read. Reads only.
std::optional<ServerOnDirectory> server_on(const std::filesystem::path& data_dir);

/// Makes the directory, for its owner only, when it is not there.
void make_data_dir(const std::filesystem::path& data_dir);

}  // namespace dontgoback::app
