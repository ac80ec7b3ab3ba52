#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace dontgoback::storage {

/// Below this a disk counts as full: what a few writes and their bookkeeping need.
inline constexpr std::uint64_t kLeastRoom = 1024 * 1024;

/// What is left on the file system of a file or folder, for this process.
struct DiskSpace {
  std::uint64_t bytes = 0;
  bool read_only = false;
  std::uint64_t whole = 0;  ///< bytes of the file system
  bool enough() const { return !read_only && bytes >= kLeastRoom; }
};

/// One system call. Nothing when it cannot be said.
std::optional<DiskSpace> disk_space_at(const std::filesystem::path& path);

/// "only 12 KiB are free" and the like: why a disk without enough space is one; empty when it has enough.
std::string lack_of_space(const std::filesystem::path& path);

/// "belongs to root and this server runs as alice", when a path that is there may not be read and written by this
/// process; empty when it may.
std::string lack_of_rights(const std::filesystem::path& path);

}  // namespace dontgoback::storage
