#include "files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <stdexcept>
#include <system_error>

#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/hex.hpp"
#include "security/files/private_file.hpp"

namespace dontgoback::backup {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBuffer = 128 * 1024;

[[noreturn]] void fail(const std::string& name) {
  throw std::runtime_error(name + ": " + std::generic_category().message(errno));
}

/// A folder whose maker is alive holds a lock on it.
void remove_abandoned(const fs::path& parent) {
  std::error_code unknown;
  for (const auto& entry : fs::directory_iterator(parent, unknown)) {
    if (!entry.path().filename().string().starts_with(kScratchPrefix)) continue;
    const Descriptor folder(::open(entry.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
    if (folder.get() < 0 || ::flock(folder.get(), LOCK_EX | LOCK_NB) != 0) continue;
    fs::remove_all(entry.path(), unknown);
  }
}

bool is_still(int folder, const fs::path& path) {
  struct stat held {
  }, there{};
  return ::fstat(folder, &held) == 0 && ::stat(path.c_str(), &there) == 0 && held.st_ino == there.st_ino;
}

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

NewFile::NewFile(const fs::path& path, std::string name)
    : name_(std::move(name)), descriptor_(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {
  if (descriptor_.get() < 0) fail(name_);
}

void NewFile::write(std::string_view bytes) { write_to(descriptor_.get(), name_, bytes); }

void NewFile::sync() {
  if (::fsync(descriptor_.get()) != 0) fail(name_);
}

FileReader::FileReader(const fs::path& path)
    : name_(path.string()),
      owned_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)),  // a pipe of that name must not hang
      fd_(owned_.get()) {
  struct stat status {};
  if (fd_ < 0 || ::fstat(fd_, &status) != 0) fail(name_);
  if (!S_ISREG(status.st_mode)) throw std::runtime_error(name_ + ": not a regular file");
}

std::size_t FileReader::read(char* buffer, std::size_t size) {
  for (;;) {
    const auto got = ::read(fd_, buffer, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) fail(name_);
  }
}

std::string read_whole(const fs::path& path, std::uint64_t limit) {
  FileReader reader(path);
  std::string content;
  std::string buffer(kBuffer, '\0');
  while (const auto got = reader.read(buffer.data(), buffer.size())) {
    content.append(buffer, 0, got);
    if (content.size() > limit) throw std::runtime_error(path.string() + ": larger than " + readable_size(limit));
  }
  return content;
}

std::string sha256_of(const fs::path& path) {
  FileReader reader(path);
  security::Sha256 hash;
  std::string buffer(kBuffer, '\0');
  while (const auto got = reader.read(buffer.data(), buffer.size())) hash.add({buffer.data(), got});
  return security::hex(security::bytes(hash.digest()));
}

void write_to(int descriptor, const std::string& name, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(name);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void sync_file(const fs::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0 || ::fsync(file.get()) != 0) fail(path.string());
}

void sync_directory(const fs::path& directory) {
  const Descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() < 0 || ::fsync(opened.get()) != 0) fail(directory.string());
}

void move_into_place(const fs::path& from, const fs::path& to) {
  sync_file(from);
  if (::rename(from.c_str(), to.c_str()) != 0) fail(to.string());
  sync_directory(to.parent_path());
}

std::uint64_t free_space(const fs::path& directory) {
  struct statvfs status {};
  if (::statvfs(directory.c_str(), &status) != 0) fail(directory.string());
  return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
}

std::string readable_size(std::uint64_t bytes) {
  constexpr std::uint64_t kKilo = 1000;
  if (bytes < kKilo) return std::to_string(bytes) + " bytes";
  if (bytes < kKilo * kKilo) return std::to_string((bytes + kKilo - 1) / kKilo) + " kB";
  return std::to_string((bytes + kKilo * kKilo - 1) / (kKilo * kKilo)) + " MB";
}

fs::path resolved(const fs::path& path) {
  auto absolute = fs::absolute(path).lexically_normal();
  if (!absolute.has_filename()) absolute = absolute.parent_path();
  if (fs::is_symlink(absolute) && !fs::exists(absolute)) {
    absolute = (absolute.parent_path() / fs::read_symlink(absolute)).lexically_normal();
  }
  return fs::weakly_canonical(absolute);
}

fs::path nearest_existing(fs::path path) {
  std::error_code unknown;
  while (!fs::exists(path, unknown) && path.has_relative_path()) path = path.parent_path();
  return path;
}

Scratch::Scratch(const fs::path& parent) {
  remove_abandoned(parent);
  for (;;) {
    std::string name = (parent / (std::string(kScratchPrefix) + "XXXXXX")).string();
    if (::mkdtemp(name.data()) == nullptr) fail(parent.string());
    path_ = name;
    lock_ = ::open(name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    // Between the two somebody else may have taken it for abandoned.
    if (lock_ >= 0 && ::flock(lock_, LOCK_EX | LOCK_NB) == 0 && is_still(lock_, path_)) break;
    if (lock_ >= 0) ::close(lock_);
  }
}

Scratch::~Scratch() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
  ::close(lock_);
}

}  // namespace dontgoback::backup
