#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <string>
#include <string_view>

namespace dontgoback::test {

/// What disk_recorder.cpp writes down: entries of a kind (1 byte), an inode (8), a number (8), a length (4), and so
/// many bytes. Read by tests/e2e/harness/power.py.
enum Kind : char {
  kCreate = 'C',   // bytes: the path
  kFolder = 'M',   // bytes: the path
  kWrite = 'W',    // number: where; bytes: what
  kSize = 'T',     // number: the size
  kSync = 'S',     // number: how long the record was when it began; bytes: the path of a folder, or none
  kRename = 'R',   // bytes: from, 0, to
  kLink = 'L',     // bytes: from, 0, to
  kUnlink = 'U',   // bytes: the path
  kNoFolder = 'X'  // bytes: the path
};

/// Where it is written to, as the environment says. Several processes may share one.
class Recorder {
 public:
  static Recorder& here() {
    static Recorder recorder;
    return recorder;
  }

  bool covers(std::string_view path) const {
    return log_ >= 0 && path.size() > root_.size() && path.starts_with(root_) && path[root_.size()] == '/' &&
           !path.ends_with(" (deleted)");
  }
  bool covers_folder(std::string_view path) const { return path == root_ || covers(path); }

  void note(Kind kind, std::uint64_t inode, std::uint64_t number, std::string_view bytes) const {
    std::string entry(1, kind);
    const auto add = [&entry](auto value) { entry.append(reinterpret_cast<const char*>(&value), sizeof value); };
    add(inode);
    add(number);
    add(static_cast<std::uint32_t>(bytes.size()));
    entry += bytes;
    if (::syscall(SYS_write, log_, entry.data(), entry.size()) != static_cast<long>(entry.size())) std::abort();
  }

  std::uint64_t length() const {
    struct stat status {};
    ::fstat(log_, &status);
    return static_cast<std::uint64_t>(status.st_size);
  }

  std::mutex& mutex() { return mutex_; }

 private:
  Recorder() {
    const char* root = std::getenv("DISK_RECORDER_ROOT");
    const char* log = std::getenv("DISK_RECORDER_LOG");
    if (root == nullptr || log == nullptr) return;
    root_ = root;
    log_ = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    if (log_ < 0) std::abort();
  }

  std::string root_;
  int log_ = -1;
  std::mutex mutex_;
};

}  // namespace dontgoback::test
