#include "restore.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "dontgoback/security/crypto/hex.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"
#include "files.hpp"
#include "placement.hpp"
#include "security/files/private_file.hpp"
#include "storage/maintenance.hpp"
#include "storage/transfer.hpp"

namespace dontgoback::backup {
namespace {

namespace fs = std::filesystem;

/// For migrations and SQLite's journal while the copy is checked.
constexpr std::uint64_t kSpareSpace = 16 << 20;
constexpr std::size_t kToken = 16;

bool lies_in(const fs::path& file, const fs::path& folder) {
  const auto relative = file.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

/// The place of SQLite's file, its links resolved.
fs::path database_file(const Target& target) { return resolved(storage::sqlite_file_of(target.database)); }

/// Names in a data directory that a server of nothing yet may have left.
bool is_nothing(const fs::path& entry, const Target& target) {
  static const std::set<std::string, std::less<>> kNothing{"lock", "lost+found", ".restore", "known-keys",
                                                           "last-backup.json"};
  const auto name = entry.filename().string();
  return kNothing.contains(name) || name.starts_with(kScratchPrefix) ||
         (!target.archive.empty() && entry == target.archive);
}

[[noreturn]] void occupied(const std::string& what) {
  throw std::invalid_argument(what +
                              ": a backup is restored into an empty place only; move away what is there, or "
                              "give another --data-dir (and --database)");
}

void require_space(const fs::path& folder, std::uint64_t needed) {
  const auto existing = nearest_existing(folder);
  const auto there = free_space(existing);
  if (there >= needed) return;
  throw std::runtime_error("there is not enough space in " + existing.string() + ": " + readable_size(needed) +
                           " are needed and " + readable_size(there) + " are free");
}

void stage_owner(const fs::path& data_dir, const fs::path& file) { security::give_to_owner_of(data_dir, file); }

}  // namespace

std::uint64_t needed_space(const Manifest& manifest) { return total_size(manifest) + kSpareSpace; }

void require_empty(const Target& target, const Manifest& manifest, const Knowledge& knowledge) {
  std::error_code unknown;
  for (const auto& entry : fs::directory_iterator(target.data_dir, unknown)) {
    if (!is_nothing(entry.path(), target)) occupied("there is " + entry.path().string() + " already");
  }
  if (target.has_database) {
    if (storage::is_sqlite(target.database)) {
      const auto file = database_file(target).string();
      for (const auto* suffix : {"", "-wal", "-shm", "-journal"}) {
        if (fs::exists(fs::symlink_status(file + suffix))) occupied("there is " + file + suffix + " already");
      }
      if (!lies_in(file, target.data_dir)) require_space(fs::path(file).parent_path(), needed_space(manifest));
    } else if (const auto what = storage::occupied_by(target.database, knowledge.migrations); !what.empty()) {
      occupied("the database " + storage::place_of(target.database) + " is not empty, " + what);
    }
  }
  require_space(target.data_dir, needed_space(manifest));
}

namespace {

/// What goes where once everything is unpacked and examined.
Placement plan(const Manifest& manifest, const Target& target, const fs::path& staging) {
  Placement placement;
  for (const auto& file : manifest.files) {
    const auto from = staging / file.part;
    if (fs::path(file.path).is_absolute()) {
      placement.elsewhere.push_back({from.string(), file.path, file.mode, file.owner, file.group});
      continue;
    }
    const auto to = target.data_dir / file.path;
    const bool is_there = std::any_of(placement.moves.begin(), placement.moves.end(),
                                      [&to](const auto& move) { return move.to == to.string(); });
    if (!is_there) placement.moves.push_back({from.string(), to.string()});
  }
  return placement;
}

void prepare(const Placement& placement, const Target& target) {
  for (const auto& [from, to] : placement.moves) {
    const auto folder = fs::path(to).parent_path();
    if (lies_in(to, target.data_dir)) security::make_directories(folder);
    stage_owner(folder, from);
    sync_file(from);
    sync_directory(fs::path(from).parent_path());
  }
}

/// After a failure with a journal written: SQLite's is true already, MariaDB's only if it was committed.
void abandon_unless_committed(const Placement& placement, const Target& target) noexcept {
  try {
    if (!placement.mariadb.empty() && !storage::import_committed(target.database, placement.token)) {
      throw_away(target.data_dir, nullptr);
    }
  } catch (const std::exception&) {  // not known now; the next start or restore asks again
  }
}

}  // namespace

Restored restore(ArchiveReader& reader, const Target& target, const Knowledge& knowledge, const Report& report) {
  const auto& manifest = reader.manifest();
  const auto* database = target.has_database ? &target.database : nullptr;
  const auto staging = staging_folder(target.data_dir);
  throw_away(target.data_dir, database);
  fs::create_directory(staging);
  Placement placement;
  try {
    fs::permissions(staging, fs::perms::owner_all);
    stage_owner(target.data_dir, staging);
    reader.unpack(staging, report);
    auto findings = examine(staging, manifest, knowledge, report);
    if (!findings.damage.empty()) throw BadArchive("is damaged: " + findings.damage.front());

    placement = plan(manifest, target, staging);
    placement.backup = reader.id();
    Restored restored;
    restored.contradictions = std::move(findings.contradictions);
    const bool into_sqlite = database != nullptr && storage::is_sqlite(*database);
    if (into_sqlite) {
      // The database after the keys: it is what makes the node one that has been.
      const auto to = database_file(target);
      auto from = staging / kDatabasePart;
      storage::renew_file_statistics(from);
      if (!lies_in(to, target.data_dir)) {
        security::make_directories(to.parent_path());
        fs::copy_file(from, staged_database(to));
        stage_owner(to.parent_path(), staged_database(to));
        fs::remove(from);
        from = staged_database(to);
      }
      placement.moves.push_back({from.string(), to.string()});
    }
    prepare(placement, target);
    if (database != nullptr && !into_sqlite) {
      placement.mariadb = storage::place_of(*database);
      placement.token = security::hex(security::random_bytes(kToken));
      write_journal(target.data_dir, placement);
      storage::import_database(staging / kDatabasePart, *database, knowledge.migrations, placement.token,
                               [&report](std::int64_t done, std::int64_t total) {
                                 report("filling MariaDB", done, total, "rows written and read");
                               });
    } else {
      write_journal(target.data_dir, placement);
    }
    restored.said = carry_out(target.data_dir, placement, database);
    return restored;
  } catch (...) {
    if (!awaits_recovery(target.data_dir)) {
      throw_away(target.data_dir, database);
    } else {
      abandon_unless_committed(placement, target);
    }
    throw;
  }
}

}  // namespace dontgoback::backup
