#include "support/syncs.hpp"

#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <mutex>

namespace dontgoback::test {
namespace {

std::atomic<bool> watched{false};
std::mutex mutex;
std::vector<WatchedSyncs::Sync> seen;

void note(int descriptor) {
  if (!watched) return;
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return;
  const std::lock_guard lock(mutex);
  seen.push_back({status.st_ino, S_ISDIR(status.st_mode), static_cast<std::uintmax_t>(status.st_size),
                  static_cast<pid_t>(::syscall(SYS_gettid))});
}

ino_t file_at(const std::filesystem::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

}  // namespace

WatchedSyncs::WatchedSyncs() {
  const std::lock_guard lock(mutex);
  seen.clear();
  watched = true;
}

WatchedSyncs::~WatchedSyncs() { watched = false; }

std::vector<WatchedSyncs::Sync> WatchedSyncs::all() const {
  const std::lock_guard lock(mutex);
  return seen;
}

int WatchedSyncs::of(const std::filesystem::path& file) const {
  const auto id = file_at(file);
  const auto syncs = all();
  return static_cast<int>(std::ranges::count(syncs, id, &Sync::file));
}

bool WatchedSyncs::durable(const std::filesystem::path& file) const {
  const auto syncs = all();
  const auto whole =
      std::ranges::find_if(syncs, [id = file_at(file), size = std::filesystem::file_size(file)](const Sync& sync) {
        return sync.file == id && sync.size == size;
      });
  return std::find_if(whole, syncs.end(), [folder = file_at(file.parent_path())](const Sync& sync) {
           return sync.is_directory && sync.file == folder;
         }) != syncs.end();
}

}  // namespace dontgoback::test

// In place of the C library's, for every caller of the process: a program's own definition goes first.
extern "C" int fsync(int descriptor) {
  dontgoback::test::note(descriptor);
  return static_cast<int>(::syscall(SYS_fsync, descriptor));
}

extern "C" int fdatasync(int descriptor) {
  dontgoback::test::note(descriptor);
  return static_cast<int>(::syscall(SYS_fdatasync, descriptor));
}
