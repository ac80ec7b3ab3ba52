#include "config_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

#include "file_checks.hpp"

namespace dontgoback::app {
namespace {

constexpr const char* kHead =
    "# Written by `dontgoback setup`; what is written here by hand stays. Every key is in dontgoback.toml(5), and with "
    "a\n"
    "# comment in the examples of the package, /usr/share/doc/dontgoback/examples.\n\n";

[[noreturn]] void fail(const std::filesystem::path& file) {
  throw std::system_error(errno, std::generic_category(), "cannot write " + file.string());
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

void sync(const std::filesystem::path& directory) {
  const int opened = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = opened >= 0 && ::fsync(opened) == 0;
  if (opened >= 0) ::close(opened);
  if (!synced) fail(directory);
}

}  // namespace

FileChange change_of(const std::string& text, const std::string& name, const std::vector<Wanted>& wanted) {
  FileChange change;
  const auto present = config::parse_toml(text, name);
  auto lines = lines_of(text.empty() ? kHead : text);
  for (const auto& [key, value] : wanted) {
    const auto line = config::toml_line(key, value);
    const auto found = std::ranges::find(present.entries, key, &config::FileEntry::key);
    if (found == present.entries.end()) {
      change.added.push_back(line);
      continue;
    }
    if (found->value == value) continue;
    change.differing.push_back(name + ":" + std::to_string(found->line) + ": " + config::toml_line(key, found->value) +
                               " would become " + line);
    const auto at = [&lines](int number) { return lines.begin() + (number - 1); };
    *at(found->line) = line;
    // Emptied and not removed, so that the lines of the others stay where they are.
    for (int rest = found->line + 1; rest <= found->last_line; ++rest) at(rest)->clear();
  }
  // Keys come before tables in TOML; the file has no tables.
  lines.insert(lines.end(), change.added.begin(), change.added.end());
  for (const auto& line : lines) change.text += line + "\n";
  return change;
}

std::string read_config_file(const std::filesystem::path& file) {
  if (!may_exist(file)) return {};
  std::ifstream stream(file);
  std::ostringstream text;
  if (!stream || !(text << stream.rdbuf())) {
    if (stream && std::filesystem::file_size(file) == 0) return {};
    throw std::runtime_error(file.string() + ": cannot be read");
  }
  return text.str();
}

void write_config_file(const std::filesystem::path& file, const std::string& text) {
  auto aside = file.string() + ".XXXXXX";
  const int opened = ::mkostemp(aside.data(), O_CLOEXEC);
  if (opened < 0) fail(file);
  std::string_view left = text;
  bool good = ::fchmod(opened, 0644) == 0;
  while (good && !left.empty()) {
    const auto written = ::write(opened, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    good = written >= 0;
    if (good) left.remove_prefix(static_cast<std::size_t>(written));
  }
  good = good && ::fsync(opened) == 0 && ::rename(aside.c_str(), file.c_str()) == 0;
  const int cause = errno;
  ::close(opened);
  if (!good) {
    ::unlink(aside.c_str());
    errno = cause;
    fail(file);
  }
  sync(directory_of(file));
}

}  // namespace dontgoback::app
