#include "file_checks.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <string_view>
#include <system_error>

#include "storage/disk_space.hpp"

namespace dontgoback::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSqliteHeader{"SQLite format 3\0", 16};  // https://www.sqlite.org/fileformat.html, 1.3

/// Asks the kernel. For the real user, who is the effective one: the program is never set-uid. A file system that is
/// read-only stops nobody who only reads: a start then serves that, and /readyz says the rest.
std::optional<std::string> why_not_accessible(const fs::path& path, int mode) {
  if (::access(path.c_str(), mode) == 0 || errno == EROFS) return std::nullopt;
  const int error = errno;
  if (auto rights = storage::lack_of_rights(path); error == EACCES && !rights.empty()) return rights;
  const auto cause = std::generic_category().message(error);
  return path.string() + ": cannot be " + ((mode & W_OK) != 0 ? "written" : "read") + " by user " +
         std::to_string(::getuid()) + ": " + cause;
}

}  // namespace

bool may_exist(const fs::path& path) {
  std::error_code unknown;
  return fs::status(path, unknown).type() != fs::file_type::not_found;
}

fs::path directory_of(const fs::path& file) { return file.has_parent_path() ? file.parent_path() : fs::path("."); }

bool same_place(const fs::path& one, const fs::path& other) {
  std::error_code unknown;
  const auto place = [&](const fs::path& path) {
    auto found = fs::weakly_canonical(fs::absolute(path, unknown), unknown);
    return found.has_filename() ? found : found.parent_path();
  };
  return place(one) == place(other);
}

std::optional<std::string> why_not_writable(const fs::path& directory) {
  std::error_code unknown;
  const auto type = fs::status(directory, unknown).type();
  if (type == fs::file_type::not_found) return directory.string() + ": there is no such directory";
  if (type != fs::file_type::directory && type != fs::file_type::none) {
    return directory.string() + ": is not a directory";
  }
  return why_not_accessible(directory, W_OK | X_OK);
}

std::optional<std::string> why_no_data_dir(const fs::path& data_dir) {
  if (may_exist(data_dir)) {
    if (auto problem = why_not_writable(data_dir)) return problem;
    const auto lock = data_dir / "lock";
    return may_exist(lock) ? why_not_accessible(lock, R_OK | W_OK) : std::nullopt;
  }
  std::error_code unknown;
  if (fs::is_symlink(fs::symlink_status(data_dir, unknown)))
    return data_dir.string() + ": is a link that leads nowhere";
  auto above = directory_of(fs::absolute(data_dir, unknown));
  while (above.has_relative_path() && !may_exist(above)) above = above.parent_path();
  const auto problem = why_not_writable(above);
  return problem ? std::optional(data_dir.string() + ": is not there and cannot be made: " + *problem) : std::nullopt;
}

std::optional<std::string> why_no_sqlite_file(const fs::path& file) {
  std::error_code unknown;
  const auto type = fs::status(file, unknown).type();
  if (type != fs::file_type::regular && type != fs::file_type::none) return file.string() + ": is not a file";
  if (auto problem = why_not_accessible(file, R_OK | W_OK)) return problem;
  return why_not_writable(directory_of(file));  // its journal is made beside it
}

std::optional<std::string> why_another_format(const fs::path& file) {
  std::array<char, kSqliteHeader.size()> header{};
  std::ifstream stream(file, std::ios::binary);
  stream.read(header.data(), header.size());
  const std::string_view found(header.data(), static_cast<std::size_t>(stream.gcount()));
  if (found.empty() || found == kSqliteHeader) return std::nullopt;
  return file.string() + ": is not an SQLite database";
}

}  // namespace dontgoback::app
