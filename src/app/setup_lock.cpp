#include "setup_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>

namespace dontgoback::app {

SetupLock::SetupLock(const std::filesystem::path& folder) {
  const auto name = folder / ".setup.lock";
  file_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) throw std::system_error(errno, std::generic_category(), "cannot open " + name.string());
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    std::array<char, 64> who{};
    const auto length = ::pread(file_, who.data(), who.size(), 0);
    ::close(file_);
    throw std::runtime_error("another setup is at work in " + folder.string() + " (process " +
                             std::string(who.data(), length > 0 ? static_cast<std::size_t>(length) : 0) +
                             "): wait until it has ended, and look at what it did");
  }
  const auto own = std::to_string(::getpid());
  // Of no consequence when it fails: then the other is not named.
  if (::ftruncate(file_, 0) == 0) static_cast<void>(::pwrite(file_, own.data(), own.size(), 0) < 0);
}

SetupLock::~SetupLock() { ::close(file_); }

}  // namespace dontgoback::app
