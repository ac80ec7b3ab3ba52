#include "data_dir_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include "dontgoback/telemetry/log.hpp"
#include "security/files/private_file.hpp"
#include "storage/disk_space.hpp"

namespace dontgoback::app {
namespace {

std::filesystem::path lock_in(const std::filesystem::path& data_dir) { return data_dir / "lock"; }

[[noreturn]] void fail(int cause, const std::string& what, const std::filesystem::path& path) {
  auto rights = cause == EACCES ? storage::lack_of_rights(path) : std::string();
  if (cause == EACCES && rights.empty()) rights = storage::lack_of_rights(path.parent_path());
  throw std::system_error(cause, std::generic_category(),
                          what + " " + path.string() + (rights.empty() ? "" : " (" + rights + ")"));
}

/// Also where nothing can be written: whoever only reads there is alone, too.
int open_lock(const std::filesystem::path& name) {
  const int file = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file >= 0 || (errno != EROFS && errno != ENOSPC && errno != EDQUOT)) return file;
  const int cause = errno;
  const int readable = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
  errno = cause;
  return readable;
}

// What is left in it names a process that has ended, and commands see that.
void empty(int file) {
  if (::ftruncate(file, 0) != 0) telemetry::log_warn("the lock file could not be emptied");
}

}  // namespace

void make_data_dir(const std::filesystem::path& data_dir) {
  std::error_code error;
  try {
    security::make_directories(data_dir.parent_path());
  } catch (const std::filesystem::filesystem_error&) {  // told below, with the name that was given
  }
  if (::mkdir(data_dir.c_str(), 0700) == 0) return security::give_to_owner_of(data_dir / "..", data_dir);
  const int cause = errno;
  if (std::filesystem::exists(data_dir, error)) return;
  fail(cause, "cannot make the data directory", data_dir);
}

DataDirLock::DataDirLock(const std::filesystem::path& data_dir) {
  make_data_dir(data_dir);
  const auto name = lock_in(data_dir);
  file_ = open_lock(name);
  if (file_ < 0) fail(errno, "cannot open", name);
  try {
    security::give_to_owner_of(data_dir, name);
  } catch (...) {
    ::close(file_);
    throw;
  }
  if (::flock(file_, LOCK_EX | LOCK_NB) == 0) {
    empty(file_);  // of what one that was killed has announced
    return;
  }
  const int cause = errno;
  ::close(file_);
  if (cause != EWOULDBLOCK) fail(cause, "cannot lock", name);
  throw DataDirInUse("another dontgoback runs on " + data_dir.string() +
                     " already; each server needs a --data-dir of its own");
}

DataDirLock::~DataDirLock() {
  empty(file_);
  ::close(file_);
}

void DataDirLock::announce(const std::string& management_url) const {
  const auto text = std::to_string(::getpid()) + " " + management_url + "\n";
  // Of no consequence when it fails, as on a full disk: commands then read the database.
  if (::ftruncate(file_, 0) != 0 || ::pwrite(file_, text.data(), text.size(), 0) < 0) {
    telemetry::log_warn("commands will not find this server: its address could not be written to the lock file");
  }
}

std::optional<ServerOnDirectory> server_on(const std::filesystem::path& data_dir) {
  std::ifstream file(lock_in(data_dir));
  ServerOnDirectory server{};
  if (!(file >> server.process_id >> server.management_url)) return std::nullopt;
  if (::kill(static_cast<pid_t>(server.process_id), 0) != 0 && errno == ESRCH) return std::nullopt;  // was killed
  return server;
}

}  // namespace dontgoback::app
