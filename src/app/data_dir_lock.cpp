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

namespace dontgoback::app {

void make_data_dir(const std::filesystem::path& data_dir) {
  std::error_code error;
  if (data_dir.has_parent_path()) std::filesystem::create_directories(data_dir.parent_path(), error);
  if (::mkdir(data_dir.c_str(), 0700) != 0 && errno != EEXIST) {
    throw std::system_error(errno, std::generic_category(), "cannot make the data directory " + data_dir.string());
  }
}

namespace {

std::filesystem::path lock_in(const std::filesystem::path& data_dir) { return data_dir / "lock"; }

}  // namespace

DataDirLock::DataDirLock(const std::filesystem::path& data_dir) {
  make_data_dir(data_dir);
  const auto name = lock_in(data_dir);
  file_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) throw std::system_error(errno, std::generic_category(), "cannot open " + name.string());
  if (::flock(file_, LOCK_EX | LOCK_NB) == 0) {
    static_cast<void>(::ftruncate(file_, 0));  // what one that was killed has announced
    return;
  }
  const int cause = errno;
  ::close(file_);
  if (cause != EWOULDBLOCK) throw std::system_error(cause, std::generic_category(), "cannot lock " + name.string());
  throw std::runtime_error("another dontgoback runs on " + data_dir.string() +
                           " already; each server needs a --data-dir of its own");
}

DataDirLock::~DataDirLock() {
  static_cast<void>(::ftruncate(file_, 0));
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
