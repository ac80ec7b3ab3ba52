#include "sqlite_reading.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "dontgoback/result.hpp"

namespace dontgoback::storage {
namespace {

struct stat status_of(const std::filesystem::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) status = {};
  return status;
}

bool same(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino && a.st_size == b.st_size &&
         a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

/// Whether a process has the database open in WAL mode: it then holds the lock that SQLite calls the deadman switch, a
/// byte of the -shm file behind its eight others (https://www.sqlite.org/walformat.html). Not while a connection of
/// this process holds one: closing the file would drop it.
bool is_in_use(const std::filesystem::path& file) {
  constexpr off_t kDeadmanSwitch = 120 + 8;
  const int shared = ::open((file.string() + "-shm").c_str(), O_RDONLY | O_CLOEXEC);
  if (shared < 0) return false;
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = kDeadmanSwitch;
  lock.l_len = 1;
  const bool held = ::fcntl(shared, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  ::close(shared);
  return held;
}

SqliteAccess access_to(const std::filesystem::path& file) {
  if (is_in_use(file)) return SqliteAccess::read_live;
  if (status_of(file.string() + "-wal").st_size == 0) return SqliteAccess::read_still;
  if (std::error_code ignored; std::filesystem::exists(file.string() + "-shm", ignored)) return SqliteAccess::read_left;
  throw Unavailable(file.string() + "-wal is there, and " + file.string() +
                    "-shm, which belongs to it, is not: copy the database with all its files, or start the server, "
                    "which puts it right");
}

}  // namespace

SqliteReading::SqliteReading(const std::filesystem::path& file, std::chrono::milliseconds statement_limit,
                             std::chrono::milliseconds busy_limit)
    : file_(file),
      seen_(status_of(file)),
      access_(access_to(file)),
      connection_({.file = file, .access = access_, .statement_limit = statement_limit, .busy_limit = busy_limit}) {}

bool SqliteReading::still_good() const {
  return access_ == SqliteAccess::read_live || (same(seen_, status_of(file_)) && !is_in_use(file_));
}

void SqliteReading::confirm() const {
  if (access_ == SqliteAccess::read_live || same(seen_, status_of(file_))) return;
  throw Unavailable(file_.string() + " was changed while it was read, by a server that starts or a command: try again");
}

}  // namespace dontgoback::storage
