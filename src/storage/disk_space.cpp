#include "disk_space.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace dontgoback::storage {
namespace {

std::string user_named(uid_t id) {
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> buffer{};
  if (::getpwuid_r(id, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) return entry.pw_name;
  return "user " + std::to_string(id);
}

}  // namespace

std::optional<DiskSpace> disk_space_at(const std::filesystem::path& path) {
  struct statvfs system {};
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  if (::statvfs(path.c_str(), &system) != 0 && ::statvfs(folder.c_str(), &system) != 0) return std::nullopt;
  // The rest is kept for root.
  const std::uint64_t blocks = ::geteuid() == 0 ? system.f_bfree : system.f_bavail;
  return DiskSpace{blocks * system.f_frsize, (system.f_flag & ST_RDONLY) != 0,
                   std::uint64_t{system.f_blocks} * system.f_frsize};
}

std::string lack_of_space(const std::filesystem::path& path) {
  const auto space = disk_space_at(path);
  if (!space || space->enough()) return {};
  if (space->read_only) return "the file system of " + path.string() + " is mounted read-only";
  return "the disk is full: " + std::to_string(space->bytes / 1024) + " KiB are free where " + path.string() + " is";
}

std::string lack_of_rights(const std::filesystem::path& path) {
  if (::faccessat(AT_FDCWD, path.c_str(), R_OK | W_OK, AT_EACCESS) == 0 || errno != EACCES) return {};
  struct stat entry {};
  if (::stat(path.c_str(), &entry) != 0) return path.string() + " is in a folder that this server may not enter";
  const auto self = user_named(::geteuid());
  const auto owner = user_named(entry.st_uid);
  if (entry.st_uid == ::geteuid()) return path.string() + " may not be read and written by its owner, " + owner;
  return path.string() + " belongs to " + owner + " and this server runs as " + self + ": chown it";
}

}  // namespace dontgoback::storage
