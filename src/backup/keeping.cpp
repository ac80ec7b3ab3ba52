#include "keeping.hpp"

#include <algorithm>
#include <cstdio>

#include "archive.hpp"
#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/text/number.hpp"
#include "dontgoback/time/day.hpp"
#include "files.hpp"
#include "security/files/private_file.hpp"

namespace dontgoback::backup {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEnd = ".tar.zst";
constexpr std::size_t kDigits = 6;
constexpr std::uint64_t kMaxNumber = 999'999'999;  // a larger one is not ours
constexpr std::size_t kStamp = 16;                 // 20261126T030000Z
constexpr std::string_view kNote = "last-backup.json";
constexpr std::uint64_t kMaxNote = 64 * 1024;

struct Note {
  std::int64_t at;
  std::string file;
};
BOOST_DESCRIBE_STRUCT(Note, (), (at, file))

/// The number in a name of ours.
std::optional<std::uint64_t> number_in(const std::string& name, const std::string& role) {
  const std::string begin = "dontgoback-" + role + "-";
  if (!name.starts_with(begin) || !name.ends_with(kEnd)) return std::nullopt;
  const auto middle = std::string_view(name).substr(begin.size(), name.size() - begin.size() - kEnd.size());
  const auto dash = middle.find('-');
  if (dash == middle.npos || dash < kDigits || middle.size() - dash - 1 != kStamp) return std::nullopt;
  const auto number = text::number<std::uint64_t>(middle.substr(0, dash));
  return number && *number <= kMaxNumber ? number : std::nullopt;
}

bool says_it_is_of(const fs::path& file, const std::string& role) {
  try {
    FileReader reader(file);
    return ArchiveReader(reader.source()).manifest().role == role;
  } catch (const std::exception&) {
    return false;
  }
}

std::string stamp(time::Timestamp now) {
  std::string text;
  for (const char c : time::to_rfc3339(now).substr(0, 19)) {
    if (c != '-' && c != ':') text += c;
  }
  return text + "Z";
}

}  // namespace

fs::path next_file(const fs::path& folder, const std::string& role, time::Timestamp now) {
  std::uint64_t highest = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    highest = std::max(highest, number_in(entry.path().filename().string(), role).value_or(0));
  }
  auto number = std::to_string(highest + 1);
  if (number.size() < kDigits) number.insert(0, kDigits - number.size(), '0');
  return folder / ("dontgoback-" + role + "-" + number + "-" + stamp(now) + std::string(kEnd));
}

std::vector<fs::path> remove_older(const fs::path& folder, const std::string& role, std::size_t keep,
                                   const fs::path& made) {
  std::vector<std::pair<std::uint64_t, fs::path>> ours;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto number = number_in(entry.path().filename().string(), role);
    // One that cannot be read is no backup, and must not count as one of those that are kept.
    if (number && !entry.is_symlink() && entry.is_regular_file() && says_it_is_of(entry.path(), role))
      ours.emplace_back(*number, entry.path());
  }
  std::sort(ours.rbegin(), ours.rend());
  std::vector<fs::path> removed;
  for (std::size_t i = std::max<std::size_t>(keep, 1); i < ours.size(); ++i) {
    const auto& file = ours[i].second;
    if (file == made) continue;
    fs::remove(file);
    removed.push_back(file);
  }
  return removed;
}

void note_backup(const fs::path& data_dir, const LastBackup& backup) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  writer.field("at", static_cast<std::int64_t>(backup.at.time_since_epoch().count()));
  writer.field("file", backup.file);
  writer.end_object();
  const fs::path draft = data_dir / (std::string(kNote) + ".draft");
  std::error_code ignored;
  fs::remove(draft, ignored);
  NewFile(draft).write(text);
  security::give_to_owner_of(data_dir, draft);
  move_into_place(draft, data_dir / kNote);
}

std::optional<LastBackup> last_backup(const fs::path& data_dir) {
  try {
    const auto note = json::read<Note>(read_whole(data_dir / kNote, kMaxNote));
    if (!note) return std::nullopt;
    return LastBackup{time::Timestamp{std::chrono::milliseconds{note->at}}, note->file};
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace dontgoback::backup
