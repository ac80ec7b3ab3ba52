#include "data_dir_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "security/private_file.hpp"

namespace dontgoback::app {

void make_data_dir(const std::filesystem::path& data_dir) {
  std::error_code error;
  if (data_dir.has_parent_path()) std::filesystem::create_directories(data_dir.parent_path(), error);
  if (::mkdir(data_dir.c_str(), 0700) == 0) {
    security::give_to_owner_of(data_dir / "..", data_dir);
  } else if (errno != EEXIST) {
    throw std::system_error(errno, std::generic_category(), "cannot make the data directory " + data_dir.string());
  }
}

DataDirLock::DataDirLock(const std::filesystem::path& data_dir) {
  make_data_dir(data_dir);
  const auto name = data_dir / "lock";
  file_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) throw std::system_error(errno, std::generic_category(), "cannot open " + name.string());
  try {
    security::give_to_owner_of(data_dir, name);
  } catch (...) {
    ::close(file_);
    throw;
  }
  if (::flock(file_, LOCK_EX | LOCK_NB) == 0) return;
  const int cause = errno;
  ::close(file_);
  if (cause != EWOULDBLOCK) throw std::system_error(cause, std::generic_category(), "cannot lock " + name.string());
  throw DataDirInUse("another dontgoback runs on " + data_dir.string() +
                     " already; each server needs a --data-dir of its own");
}

DataDirLock::~DataDirLock() { ::close(file_); }

}  // namespace dontgoback::app
