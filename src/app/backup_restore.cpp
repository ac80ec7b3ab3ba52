#include <iostream>
#include <optional>
#include <ostream>
#include <stdexcept>

#include "backup/placement.hpp"
#include "backup/restore.hpp"
#include "backup_support.hpp"
#include "data_dir_lock.hpp"
#include "dontgoback/config/table.hpp"
#include "runtime.hpp"
#include "storage/transfer.hpp"

namespace dontgoback::app {
namespace {

namespace fs = std::filesystem;
using config::Table;

bool is_given(Program& program, std::string_view option) {
  return program.line.options().find(option)->source != "default";
}

/// Where it goes: as the configuration says, and where that says nothing, where it came from.
backup::Target target_of(Program& program, const backup::Manifest& manifest, const BackupArguments& given) {
  const auto& settings = program.settings;
  if (is_given(program, "role") && settings.node.role != manifest.role) {
    throw std::invalid_argument("this is a backup of role " + manifest.role + ", not of " + settings.node.role +
                                ": leave --role out, or give --role=" + manifest.role);
  }
  backup::Target target;
  target.role = manifest.role;
  const bool has_folder = is_given(program, "data-dir") || settings.data_dir != "./var";
  target.data_dir = backup::resolved(has_folder ? settings.node.data_dir : fs::path(manifest.data_dir));
  if (given.file != "-") target.archive = backup::resolved(given.file);
  target.has_database = !manifest.database.empty();
  if (!target.has_database) return target;
  if (is_given(program, "database")) {
    target.database = database_settings(settings);
    target.database.data_dir = target.data_dir;
    return target;
  }
  target.database.data_dir = target.data_dir;
  // A server started with the same options looks for it in the data directory.
  if (has_folder) return target;
  if (!manifest.database.starts_with("sqlite:")) {
    throw std::invalid_argument("this is a backup of the MariaDB database " + manifest.database +
                                ": say with --database where it goes (or with --data-dir, into an SQLite file there)");
  }
  target.database.url = manifest.database;
  return target;
}

/// The data directory's lock; both are gone again, unless they were there before, when nothing was restored.
class Place {
 public:
  explicit Place(const fs::path& data_dir) : data_dir_(data_dir) {
    had_folder_ = fs::exists(data_dir_);
    had_lock_ = fs::exists(data_dir_ / "lock");
    try {
      lock_.emplace(data_dir_);
    } catch (const DataDirInUse&) {
      throw std::runtime_error("a server runs on " + data_dir_.string() + ": stop it first");
    }
  }
  ~Place() {
    std::error_code ignored;
    if (!kept_ && !had_lock_ && !backup::awaits_recovery(data_dir_)) fs::remove(data_dir_ / "lock", ignored);
    lock_.reset();
    if (!kept_ && !had_folder_) fs::remove(data_dir_, ignored);  // only when it is empty
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  void keep() { kept_ = true; }

 private:
  fs::path data_dir_;
  std::optional<DataDirLock> lock_;
  bool had_folder_ = false;
  bool had_lock_ = false;
  bool kept_ = false;
};

void tell(const std::vector<std::string>& said) {
  for (const auto& line : said) std::cerr << "dontgoback: " << line << '\n';
}

/// Ends what a restore that was killed has left. True when that was of this backup, and is complete now. What cannot be
/// completed stays for now: a restore into a place that is empty but for that throws it away.
bool complete_earlier(const backup::Target& target, const std::string& id) {
  bool is_this = false;
  auto recovered = backup::Recovered::nothing;
  std::vector<std::string> said;
  try {
    is_this = backup::awaits_recovery(target.data_dir) && backup::interrupted_backup(target.data_dir) == id;
    recovered = backup::recover(target.data_dir, target.has_database ? &target.database : nullptr, said);
  } catch (const backup::CannotComplete&) {
  }
  tell(said);
  if (recovered == backup::Recovered::completed && !is_this) {
    throw std::invalid_argument("the restore of another backup was interrupted here and has been completed now: " +
                                target.data_dir.string() + " is not empty");
  }
  return recovered == backup::Recovered::completed;
}

}  // namespace

void restore_backup(Program& program, const BackupArguments& given) {
  const auto knowledge = backup_knowledge(program);
  BackupFile file(given.file, knowledge);
  const auto& manifest = file.manifest();
  const auto target = target_of(program, manifest, given);
  const auto place_of_database = target.has_database ? storage::place_of(target.database) : std::string();
  Table table({"done", "role", "created", "dataDir", "database", "rows"});
  const auto done = [&](const std::string& what) {
    table.add({what, manifest.role, manifest.created, target.data_dir.string(), place_of_database,
               backup::total_rows(manifest)});
    table.print_row(program.out, program.json);
  };
  {
    std::optional<Place> place;
    if (fs::exists(target.data_dir)) {
      place.emplace(target.data_dir);
      if (complete_earlier(target, file.archive().id())) {
        place->keep();
        return done("restore, which was interrupted");
      }
    }
    backup::require_empty(target, manifest, knowledge);
    if (!place) place.emplace(target.data_dir);
    Progress progress("restore");
    try {
      const auto restored = backup::restore(file.archive(), target, knowledge, progress.report());
      place->keep();
      tell(restored.said);
      for (const auto& line : restored.contradictions) {
        std::cerr << "dontgoback: was so when the backup was made: " << line << '\n';
      }
    } catch (const backup::BadArchive& error) {
      file.refuse(error);
    }
  }
  done("restore");
}

}  // namespace dontgoback::app
