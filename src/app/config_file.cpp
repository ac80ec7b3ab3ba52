#include "config_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <sstream>
#include <stdexcept>
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

/// The comment after a value that ends before that column, with the space before it.
std::string comment_after(std::string_view line, int column) {
  const auto is_rest = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };  // of a UTF-8 character
  std::size_t at = 0;
  while (at < line.size() && (--column > 0 || is_rest(line[at]))) {
    ++at;
    while (at < line.size() && is_rest(line[at])) ++at;
  }
  const auto rest = line.substr(at);
  const auto begins = rest.find_first_not_of(" \t");
  return begins != std::string_view::npos && rest[begins] == '#' ? std::string(rest) : std::string();
}

/// Before which line a key must stand to be none of a table's.
std::size_t first_table(const std::vector<std::string>& lines, const std::vector<config::FileEntry>& entries) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto number = static_cast<int>(i) + 1;
    const auto begins = lines[i].find_first_not_of(" \t");
    const bool in_a_value = std::ranges::any_of(
        entries, [number](const auto& entry) { return entry.line < number && number <= entry.last_line; });
    if (begins != std::string::npos && lines[i][begins] == '[' && !in_a_value) return i;
  }
  return lines.size();
}

/// Throws std::runtime_error when the text does not say what is wanted.
void need(const std::vector<Wanted>& wanted, const std::string& text, const std::string& name) {
  const auto entries = config::parse_toml(text, name).entries;
  std::string missing;
  for (const auto& [key, value] : wanted) {
    const auto found = std::ranges::find(entries, key, &config::FileEntry::key);
    if (found == entries.end() || found->value != value) missing += "\n  " + config::toml_line(key, value);
  }
  if (missing.empty()) return;
  throw std::runtime_error(name +
                           ": is written in a way that setup cannot change; nothing was changed. Put there:" + missing);
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
    const auto comment = comment_after(*at(found->last_line), found->end_column);
    *at(found->line) = line + comment;
    // Emptied and not removed, so that the lines of the others stay where they are.
    for (int rest = found->line + 1; rest <= found->last_line; ++rest) at(rest)->clear();
  }
  const auto here = lines.begin() + static_cast<std::ptrdiff_t>(first_table(lines, present.entries));
  lines.insert(here, change.added.begin(), change.added.end());
  for (const auto& line : lines) change.text += line + "\n";
  need(wanted, change.text, name);
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

void write_config_file(const std::filesystem::path& link, const std::string& text, const std::filesystem::path& like) {
  // What a link leads to is replaced, and the link stays.
  const auto file = std::filesystem::is_symlink(link) ? std::filesystem::canonical(link) : link;
  struct stat status {};
  const bool is_there = ::stat(like.c_str(), &status) == 0;
  auto aside = file.string() + ".XXXXXX";
  const int opened = ::mkostemp(aside.data(), O_CLOEXEC);
  if (opened < 0) fail(file);
  std::string_view left = text;
  const bool gives = is_there && ::geteuid() == 0;
  bool good = (!gives || ::fchown(opened, status.st_uid, status.st_gid) == 0) &&
              ::fchmod(opened, is_there ? status.st_mode & 0777 : 0644) == 0;
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
