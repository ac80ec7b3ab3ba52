// Loaded into a program before its libraries (LD_PRELOAD): writes down, in their order, all changes that it makes below
// one folder and what it makes durable, so that a test can put together what a power cut would have left. What is asked
// to be made durable is not: nobody reads the real disk. Memory that is mapped from files is not seen (SQLite's -shm).
//
// DISK_RECORDER_ROOT: the folder, its real path. DISK_RECORDER_LOG: the record; several processes may share one.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>

#include "disk_record.hpp"

using namespace dontgoback::test;

namespace {

std::string target_of(int descriptor) {
  std::array<char, PATH_MAX> path{};
  const auto link = "/proc/self/fd/" + std::to_string(descriptor);
  const auto length = ::syscall(SYS_readlink, link.c_str(), path.data(), path.size());
  return length > 0 ? std::string(path.data(), static_cast<std::size_t>(length)) : std::string();
}

/// As the kernel takes it, links left as they are.
std::string absolute(int folder, const char* path) {
  namespace fs = std::filesystem;
  if (*path == '/') return fs::path(path).lexically_normal();
  const int error = errno;
  const auto base = folder == AT_FDCWD ? fs::current_path() : fs::path(target_of(folder));
  errno = error;
  return (base / path).lexically_normal();
}

std::uint64_t inode_of(int descriptor) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 ? status.st_ino : 0;
}

/// The path of a regular file or folder below the root that is open; else empty.
std::string recorded(int descriptor, mode_t type) {
  struct stat status {};
  // First what is quick, and safe in a signal's handler: most descriptors are sockets.
  if (::fstat(descriptor, &status) != 0 || (status.st_mode & S_IFMT) != type) return {};
  auto path = target_of(descriptor);
  return Recorder::here().covers(path) || (type == S_IFDIR && Recorder::here().covers_folder(path)) ? path
                                                                                                    : std::string();
}

/// Opens by `open`, and notes what became of the file.
template <class Open>
auto opened(const std::string& path, bool may_create, bool truncates, Open open) {
  auto& recorder = Recorder::here();
  if (!recorder.covers(path) || !(may_create || truncates)) return open();
  const std::lock_guard lock(recorder.mutex());
  struct stat status {};
  const bool was_there = ::stat(path.c_str(), &status) == 0;
  auto result = open();
  const int error = errno;
  if (::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode)) {
    if (!was_there) {
      recorder.note(kCreate, status.st_ino, 0, path);
    } else if (truncates && status.st_size == 0) {
      recorder.note(kSize, status.st_ino, 0, {});
    }
  }
  errno = error;
  return result;
}

int open_at(int folder, const char* path, int flags, mode_t mode) {
  const auto open = [&] { return static_cast<int>(::syscall(SYS_openat, folder, path, flags, mode)); };
  const bool may_create = (flags & O_CREAT) != 0;
  const bool truncates = (flags & O_TRUNC) != 0;
  return may_create || truncates ? opened(absolute(folder, path), may_create, truncates, open) : open();
}

/// Writes by `write`, and notes what then stands there.
template <class Write>
ssize_t written(int descriptor, off_t at, Write write) {
  if (recorded(descriptor, S_IFREG).empty()) return write();
  auto& recorder = Recorder::here();
  const std::lock_guard lock(recorder.mutex());
  if (at < 0) {
    const bool appends = (::fcntl(descriptor, F_GETFL) & O_APPEND) != 0;
    at = ::lseek(descriptor, 0, appends ? SEEK_END : SEEK_CUR);
  }
  const ssize_t count = write();
  const int error = errno;
  if (count > 0) {
    std::string bytes(static_cast<std::size_t>(count), '\0');
    // By a descriptor of its own: this one may be for writing only.
    const auto again = "/proc/self/fd/" + std::to_string(descriptor);
    const int reader = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, again.c_str(), O_RDONLY | O_CLOEXEC));
    if (::pread(reader, bytes.data(), bytes.size(), at) != count) std::abort();
    ::syscall(SYS_close, reader);
    recorder.note(kWrite, inode_of(descriptor), static_cast<std::uint64_t>(at), bytes);
  }
  errno = error;
  return count;
}

template <class Change>
int changed(Kind kind, const std::string& path, const std::string& to, Change change) {
  auto& recorder = Recorder::here();
  if (!recorder.covers(path) && (to.empty() || !recorder.covers(to))) return change();
  const std::lock_guard lock(recorder.mutex());
  const int result = change();
  if (result == 0) recorder.note(kind, 0, 0, to.empty() ? path : path + '\0' + to);
  return result;
}

int sized(int descriptor, off_t size) {
  const auto change = [&] { return static_cast<int>(::syscall(SYS_ftruncate, descriptor, size)); };
  if (recorded(descriptor, S_IFREG).empty()) return change();
  auto& recorder = Recorder::here();
  const std::lock_guard lock(recorder.mutex());
  const int result = change();
  if (result == 0) recorder.note(kSize, inode_of(descriptor), static_cast<std::uint64_t>(size), {});
  return result;
}

int synced(int descriptor) {
  const auto began = Recorder::here().length();
  const auto file = recorded(descriptor, S_IFREG);
  const auto folder = recorded(descriptor, S_IFDIR);
  if (file.empty() && folder.empty()) return static_cast<int>(::syscall(SYS_fsync, descriptor));
  const std::lock_guard lock(Recorder::here().mutex());
  Recorder::here().note(kSync, inode_of(descriptor), began, folder);
  return 0;
}

int renamed(int from_folder, const char* from, int to_folder, const char* to) {
  return changed(kRename, absolute(from_folder, from), absolute(to_folder, to),
                 [&] { return static_cast<int>(::syscall(SYS_renameat2, from_folder, from, to_folder, to, 0)); });
}

int unlinked(int folder, const char* path, int flags) {
  return changed((flags & AT_REMOVEDIR) != 0 ? kNoFolder : kUnlink, absolute(folder, path), {},
                 [&] { return static_cast<int>(::syscall(SYS_unlinkat, folder, path, flags)); });
}

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

FILE* file_opened(const char* name, const char* path, const char* mode) {
  const auto open = [&] { return next<FILE* (*)(const char*, const char*)>(name)(path, mode); };
  const bool truncates = *mode == 'w';
  return *mode == 'r' ? open() : opened(absolute(AT_FDCWD, path), true, truncates, open);
}

mode_t mode_in(int flags, va_list given) { return (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(given, mode_t) : 0; }

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list given;
  va_start(given, flags);
  const auto mode = mode_in(flags, given);
  va_end(given);
  return open_at(AT_FDCWD, path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list given;
  va_start(given, flags);
  const auto mode = mode_in(flags, given);
  va_end(given);
  return open_at(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char* path, int flags, ...) {
  va_list given;
  va_start(given, flags);
  const auto mode = mode_in(flags, given);
  va_end(given);
  return open_at(folder, path, flags, mode);
}

FILE* fopen(const char* path, const char* mode) { return file_opened("fopen", path, mode); }
FILE* fopen64(const char* path, const char* mode) { return file_opened("fopen64", path, mode); }

int mkostemp(char* pattern, int flags) {
  const int file = next<int (*)(char*, int)>("mkostemp")(pattern, flags);
  const auto path = absolute(AT_FDCWD, pattern);
  const std::lock_guard lock(Recorder::here().mutex());
  if (file >= 0 && Recorder::here().covers(path)) Recorder::here().note(kCreate, inode_of(file), 0, path);
  return file;
}

char* mkdtemp(char* pattern) noexcept {
  char* const made = next<char* (*)(char*)>("mkdtemp")(pattern);
  if (made == nullptr) return made;
  const auto path = absolute(AT_FDCWD, pattern);
  const std::lock_guard lock(Recorder::here().mutex());
  if (Recorder::here().covers(path)) Recorder::here().note(kFolder, 0, 0, path);
  return made;
}

ssize_t write(int descriptor, const void* bytes, size_t count) {
  return written(descriptor, -1, [&] { return ::syscall(SYS_write, descriptor, bytes, count); });
}

ssize_t writev(int descriptor, const iovec* parts, int count) {
  return written(descriptor, -1, [&] { return ::syscall(SYS_writev, descriptor, parts, count); });
}

ssize_t pwrite(int descriptor, const void* bytes, size_t count, off_t at) {
  return written(descriptor, at, [&] { return ::syscall(SYS_pwrite64, descriptor, bytes, count, at); });
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t count, off64_t at) {
  return written(descriptor, at, [&] { return ::syscall(SYS_pwrite64, descriptor, bytes, count, at); });
}

ssize_t sendfile(int to, int from, off_t* at, size_t count) noexcept {
  return written(to, -1, [&] { return ::syscall(SYS_sendfile, to, from, at, count); });
}

int ftruncate(int descriptor, off_t size) noexcept { return sized(descriptor, size); }
int ftruncate64(int descriptor, off64_t size) noexcept { return sized(descriptor, size); }

int fsync(int descriptor) { return synced(descriptor); }
int fdatasync(int descriptor) { return synced(descriptor); }

int rename(const char* from, const char* to) noexcept { return renamed(AT_FDCWD, from, AT_FDCWD, to); }

int renameat(int from_folder, const char* from, int to_folder, const char* to) noexcept {
  return renamed(from_folder, from, to_folder, to);
}

int link(const char* from, const char* to) noexcept {
  return changed(kLink, absolute(AT_FDCWD, from), absolute(AT_FDCWD, to),
                 [&] { return static_cast<int>(::syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0)); });
}

int unlink(const char* path) noexcept { return unlinked(AT_FDCWD, path, 0); }
int unlinkat(int folder, const char* path, int flags) noexcept { return unlinked(folder, path, flags); }
int rmdir(const char* path) noexcept { return unlinked(AT_FDCWD, path, AT_REMOVEDIR); }

int remove(const char* path) noexcept {
  const int result = unlinked(AT_FDCWD, path, 0);
  return result != 0 && (errno == EISDIR || errno == EPERM) ? unlinked(AT_FDCWD, path, AT_REMOVEDIR) : result;
}

int mkdir(const char* path, mode_t mode) noexcept {
  return changed(kFolder, absolute(AT_FDCWD, path), {},
                 [&] { return static_cast<int>(::syscall(SYS_mkdirat, AT_FDCWD, path, mode)); });
}

}  // extern "C"
