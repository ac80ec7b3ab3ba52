#include "files/private_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace dontgoback::security {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& reason) {
  throw std::runtime_error(file.string() + ": " + reason);
}

[[noreturn]] void fail_with_errno(const std::filesystem::path& file) {
  const int cause = errno;
  std::string hint;
  struct stat status {};
  if (cause == EACCES && ::stat(file.c_str(), &status) == 0 && status.st_uid != ::geteuid()) {
    hint = " (it belongs to the user with number " + std::to_string(status.st_uid) + ", and this program runs as " +
           std::to_string(::geteuid()) + ": chown it)";
  }
  fail(file, std::generic_category().message(cause) + hint);
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

void write_all(int fd, std::string_view content, const std::filesystem::path& file) {
  while (!content.empty()) {
    const auto written = write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_with_errno(file);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// A new file of mode 0600 beside `file`, removed again in the end.
class FileAside {
 public:
  explicit FileAside(const std::filesystem::path& file)
      : path_(file.string() + ".XXXXXX"), descriptor_(mkostemp(path_.data(), O_CLOEXEC)) {
    if (descriptor_.get() < 0) fail_with_errno(file);
  }
  ~FileAside() { unlink(path_.c_str()); }
  FileAside(const FileAside&) = delete;
  FileAside& operator=(const FileAside&) = delete;
  int descriptor() const { return descriptor_.get(); }
  const char* path() const { return path_.c_str(); }

 private:
  std::string path_;
  Descriptor descriptor_;
};

}  // namespace

void sync_directory(const std::filesystem::path& directory) {
  const Descriptor opened(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() < 0 || fsync(opened.get()) != 0) fail_with_errno(directory);
}

void give_to_owner_of(const std::filesystem::path& directory, const std::filesystem::path& made) {
  struct stat status {};
  if (::geteuid() != 0 || stat(directory.c_str(), &status) != 0 || status.st_uid == 0) return;
  if (lchown(made.c_str(), status.st_uid, status.st_gid) != 0) fail_with_errno(made);
}

void make_directories(const std::filesystem::path& directory) {
  if (directory.empty() || std::filesystem::exists(directory)) return;
  make_directories(directory.parent_path());
  if (std::filesystem::create_directory(directory)) give_to_owner_of(directory / "..", directory);
}

std::optional<std::string> read_private_file(const std::filesystem::path& file, std::size_t limit) {
  // O_NONBLOCK: a pipe of that name must not hang the start.
  const Descriptor opened(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (opened.get() < 0 && errno == ENOENT) return std::nullopt;
  struct stat status {};
  if (opened.get() < 0 || fstat(opened.get(), &status) != 0) fail_with_errno(file);
  if (!S_ISREG(status.st_mode)) fail(file, "not a regular file");
  if ((status.st_mode & (S_IROTH | S_IWOTH)) != 0) {
    fail(file, "may be read or written by everybody; its mode must be 0600 (or 0640)");
  }
  std::string content(limit + 1, '\0');
  std::size_t length = 0;
  while (length < content.size()) {
    const auto got = read(opened.get(), content.data() + length, content.size() - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail_with_errno(file);
    if (got == 0) break;
    length += static_cast<std::size_t>(got);
  }
  if (length > limit) fail(file, "larger than " + std::to_string(limit) + " bytes");
  content.resize(length);
  return content;
}

void create_private_file(const std::filesystem::path& file, std::string_view content) {
  const std::filesystem::path directory = file.has_parent_path() ? file.parent_path() : ".";
  const FileAside aside(file);
  give_to_owner_of(directory, aside.path());
  write_all(aside.descriptor(), content, file);
  if (fsync(aside.descriptor()) != 0) fail_with_errno(file);
  if (link(aside.path(), file.c_str()) != 0 && errno != EEXIST) fail_with_errno(file);
  sync_directory(directory);
}

void replace_private_file(const std::filesystem::path& next, const std::filesystem::path& file) {
  struct stat status {};
  const bool good = ::stat(file.c_str(), &status) == 0 &&
                    (::geteuid() != 0 || lchown(next.c_str(), status.st_uid, status.st_gid) == 0) &&
                    chmod(next.c_str(), status.st_mode & 0660) == 0 && rename(next.c_str(), file.c_str()) == 0;
  if (!good) fail_with_errno(file);
  sync_directory(file.has_parent_path() ? file.parent_path() : ".");
}

std::string read_or_create_private_file(const std::filesystem::path& file, std::size_t limit,
                                        const std::function<std::string()>& make) {
  if (auto content = read_private_file(file, limit)) return *std::move(content);
  create_private_file(file, make());
  auto content = read_private_file(file, limit);
  if (!content) fail(file, "was removed while it was made");
  return *std::move(content);
}

}  // namespace dontgoback::security
