#include "create.hpp"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "dontgoback/result.hpp"
#include "dontgoback/time/clock.hpp"
#include "dontgoback/time/day.hpp"
#include "files.hpp"
#include "storage/transfer.hpp"

namespace dontgoback::backup {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxFile = 16 << 20;
constexpr std::size_t kLongestName = 60;

struct Names {
  std::string owner;
  std::string group;
};

Names names_of(const struct stat& status) {
  Names names;
  std::array<char, 4096> buffer{};
  passwd user{}, *found_user = nullptr;
  if (::getpwuid_r(status.st_uid, &user, buffer.data(), buffer.size(), &found_user) == 0 && found_user != nullptr) {
    names.owner = user.pw_name;
  }
  group of{}, *found_group = nullptr;
  if (::getgrgid_r(status.st_gid, &of, buffer.data(), buffer.size(), &found_group) == 0 && found_group != nullptr) {
    names.group = of.gr_name;
  }
  return names;
}

class Files {
 public:
  Files(const Subject& subject, const fs::path& scratch, Made& made)
      : named_data_dir_((fs::absolute(subject.data_dir) / "").lexically_normal().parent_path()),
        data_dir_(resolved(subject.data_dir)),
        scratch_(scratch),
        made_(made) {}

  void take(const KeptFile& kept) {
    struct stat status {};
    if (::stat(kept.path.c_str(), &status) != 0) {
      if (errno != ENOENT || !kept.made_by_node) leave_out(kept, std::generic_category().message(errno));
      return;
    }
    std::string content;
    try {
      content = read_whole(kept.path, kMaxFile);
    } catch (const std::exception& error) {
      return leave_out(kept, error.what());
    }
    const auto path = resolved(kept.path);
    const auto relative = in_data_dir(kept.path, path);
    const bool inside = !relative.empty();
    // Numbered, because two of the same name may come from two folders.
    const auto name = path.filename().string().substr(0, kLongestName);
    const auto number = std::to_string(made_.manifest.files.size() + 1);
    const auto part = inside && relative.string().size() <= kLongestName ? "data/" + relative.string()
                                                                         : "elsewhere/" + number + "-" + name;
    const bool is_there = std::any_of(made_.manifest.parts.begin(), made_.manifest.parts.end(),
                                      [&part](const auto& other) { return other.name == part; });
    if (!is_there) {
      fs::create_directories((scratch_ / part).parent_path());
      NewFile(scratch_ / part).write(content);
      made_.manifest.parts.push_back({part, 0, {}});
    }
    const auto names = names_of(status);
    made_.manifest.files.push_back({kept.name, part, inside ? relative.string() : path.string(),
                                    static_cast<std::int64_t>(status.st_mode & 07777), names.owner, names.group});
  }

 private:
  /// Its place in the data directory; empty when it lies elsewhere. A link in there counts by its own place, which is
  /// where the program looks for the file.
  fs::path in_data_dir(const fs::path& configured, const fs::path& path) const {
    const auto named = fs::absolute(configured).lexically_normal();
    for (const auto& [file, folder] :
         {std::pair{named, named_data_dir_}, std::pair{resolved(named.parent_path()) / named.filename(), data_dir_},
          std::pair{path, data_dir_}}) {
      const auto relative = file.lexically_relative(folder);
      if (!relative.empty() && *relative.begin() != "..") return relative;
    }
    return {};
  }

  void leave_out(const KeptFile& kept, const std::string& reason) {
    made_.left_out.push_back(kept.path.string() + " (" + kept.name + "): " + reason);
  }

  const fs::path named_data_dir_;
  const fs::path data_dir_;
  const fs::path& scratch_;
  Made& made_;
};

void take_database(const Subject& subject, const Knowledge& knowledge, const fs::path& scratch, Manifest& manifest,
                   const Report& report) {
  const auto copy = scratch / kDatabasePart;
  report("copying the database", 0, 0, {});
  try {
    storage::export_database(
        subject.database, knowledge.migrations, copy,
        [&report](std::int64_t done, std::int64_t all) { report("copying the database", done, all, "rows"); });
  } catch (const Unavailable& error) {
    // SQLite does not say which of the two files it was.
    throw std::runtime_error("the database cannot be copied to " + copy.string() + ": " + error.what());
  }
  manifest.database = storage::place_of(subject.database);
  for (const auto& migration : storage::migrations_of(copy)) {
    manifest.migrations.push_back({migration.module, migration.number, migration.name, migration.checksum});
  }
  report("counting rows", 0, 0, {});
  for (const auto& table : storage::contents_of(copy)) {
    manifest.tables.push_back({table.name, table.rows, table.digest});
  }
  manifest.parts.push_back({std::string(kDatabasePart), 0, {}});
}

/// Whether the modules can ask the copy as it is.
bool has_this_schema(const Manifest& manifest, const Knowledge& knowledge) {
  return std::all_of(knowledge.migrations.begin(), knowledge.migrations.end(), [&](const storage::Migration& known) {
    const auto of_module = [&](const auto& applied) { return applied.module == known.module; };
    const auto same = [&](const auto& applied) { return of_module(applied) && applied.number == known.number; };
    const auto& list = manifest.migrations;
    return std::none_of(list.begin(), list.end(), of_module) || std::any_of(list.begin(), list.end(), same);
  });
}

}  // namespace

Made create(const Subject& subject, const Knowledge& knowledge, const fs::path& scratch, const Sink& sink,
            const Report& report) {
  Made made;
  auto& manifest = made.manifest;
  manifest.program = subject.program;
  manifest.role = subject.role;
  manifest.created = time::to_rfc3339(time::SystemClock{}.now());
  manifest.data_dir = resolved(subject.data_dir).string();
  // The database last: what seals its keys is older than they are.
  Files files(subject, scratch, made);
  for (const auto& kept : subject.files) files.take(kept);
  if (subject.has_database) take_database(subject, knowledge, scratch, manifest, report);
  if (has_this_schema(manifest, knowledge)) {
    const auto problems = check_keys(scratch, manifest, knowledge);
    if (!problems.empty()) throw std::runtime_error("a backup would be of no use: " + problems.front());
  }
  write_archive(manifest, scratch, sink, report);
  return made;
}

}  // namespace dontgoback::backup
