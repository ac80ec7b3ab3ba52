#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <vector>

namespace dontgoback::test {

/// What this process makes durable while it lives: it sees each fsync and fdatasync, by whatever library. One at a
/// time. What a power cut leaves of all of it is tested with the program itself (disk_recorder.cpp).
class WatchedSyncs {
 public:
  struct Sync {
    ino_t file;
    bool is_directory;
    std::uintmax_t size;  ///< then
    pid_t thread;         ///< that asked (gettid)
  };
  WatchedSyncs();
  ~WatchedSyncs();
  WatchedSyncs(const WatchedSyncs&) = delete;
  WatchedSyncs& operator=(const WatchedSyncs&) = delete;

  std::vector<Sync> all() const;
  /// How many there were of a file of that name now (also under another name then).
  int of(const std::filesystem::path& file) const;
  /// Whether all that is in the file now was made durable, and after that the folder with its name.
  bool durable(const std::filesystem::path& file) const;
};

}  // namespace dontgoback::test
