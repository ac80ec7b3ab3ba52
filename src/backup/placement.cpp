#include "placement.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "files.hpp"
#include "security/files/private_file.hpp"
#include "storage/transfer.hpp"

namespace dontgoback::backup {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFolder = ".restore";
constexpr std::string_view kJournal = "journal";
constexpr std::uint64_t kMaxJournal = 1 << 20;
/// The one file that an empty place may have: see `require_empty`. The backup's is put over it.
constexpr std::string_view kKnownKeys = "known-keys";

fs::path journal_of(const fs::path& data_dir) { return staging_folder(data_dir) / kJournal; }

/// As the journal has it.
std::string noted(const std::string& file, const fs::path& data_dir) {
  const auto relative = fs::path(file).lexically_relative(data_dir);
  return relative.empty() || *relative.begin() == ".." ? file : relative.string();
}

std::string text_of(const Placement& placement, const fs::path& data_dir) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  writer.field("backup", placement.backup);
  writer.field("token", placement.token);
  writer.field("mariadb", placement.mariadb);
  writer.key("moves");
  writer.begin_array();
  for (const auto& move : placement.moves) {
    writer.begin_object();
    writer.field("from", noted(move.from, data_dir));
    writer.field("to", noted(move.to, data_dir));
    writer.end_object();
  }
  writer.end_array();
  writer.key("elsewhere");
  writer.begin_array();
  for (const auto& file : placement.elsewhere) {
    writer.begin_object();
    writer.field("from", noted(file.from, data_dir));
    writer.field("to", file.to);
    writer.field("mode", file.mode);
    writer.field("owner", file.owner);
    writer.field("group", file.group);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
  return text;
}

[[noreturn]] void give_up(const fs::path& data_dir, const std::string& why) {
  throw CannotComplete("a restore was interrupted and cannot be completed: " + why + "; remove " +
                       staging_folder(data_dir).string() +
                       ", move away what else is in the data directory, and restore again from the backup's file");
}

Placement read_journal(const fs::path& data_dir) {
  auto placement = json::read<Placement>(read_whole(journal_of(data_dir), kMaxJournal));
  if (!placement) give_up(data_dir, journal_of(data_dir).string() + " is damaged");
  return *std::move(placement);
}

bool is_there(const fs::path& file) { return fs::exists(fs::symlink_status(file)); }

/// Each file is staged still or in its place: in the meantime somebody may have emptied the folder, or filled it.
void require_all(const fs::path& data_dir, const Placement& placement) {
  for (const auto& [from, to] : placement.moves) {
    const auto target = data_dir / to;
    const bool staged = is_there(data_dir / from);
    const bool placed = is_there(target);
    if (!staged && !placed) give_up(data_dir, target.string() + " is missing");
    if (staged && placed && target.filename() != kKnownKeys) {
      give_up(data_dir, target.string() + " has been put there since");
    }
  }
}

/// Root gives a file to who had it, where there is a user of that name, else to the folder's owner.
void give_back(const fs::path& file, const Placement::Elsewhere& was) {
  if (::geteuid() != 0) return;
  security::give_to_owner_of(file.parent_path(), file);
  std::array<char, 4096> buffer{};
  passwd user{}, *found_user = nullptr;
  if (!was.owner.empty() && was.owner != "root" &&
      ::getpwnam_r(was.owner.c_str(), &user, buffer.data(), buffer.size(), &found_user) == 0 && found_user != nullptr) {
    if (::lchown(file.c_str(), user.pw_uid, static_cast<gid_t>(-1)) != 0) return;
  }
  group of{}, *found_group = nullptr;
  if (!was.group.empty() && was.group != "root" &&
      ::getgrnam_r(was.group.c_str(), &of, buffer.data(), buffer.size(), &found_group) == 0 && found_group != nullptr) {
    [[maybe_unused]] const int kept = ::lchown(file.c_str(), static_cast<uid_t>(-1), of.gr_gid);
  }
}

/// Puts the file there unless something is there; throws when that fails.
std::string try_elsewhere(const Placement::Elsewhere& file, const fs::path& from, const fs::path& aside) {
  const fs::path target(file.to);
  if (is_there(target)) {
    if (fs::exists(target) && read_whole(target, UINT64_MAX) == read_whole(from, UINT64_MAX)) {
      return file.to + " is there, and the same";
    }
    return file.to + " is there and stays as it is; the backup's is another";
  }
  security::make_directories(target.parent_path());
  std::error_code ignored;
  fs::remove(aside, ignored);
  NewFile made(aside);
  made.write(read_whole(from, UINT64_MAX));
  ::chmod(aside.c_str(), static_cast<mode_t>(file.mode & 0755));
  give_back(aside, file);
  made.sync();
  if (::link(aside.c_str(), target.c_str()) != 0) {
    throw std::runtime_error(target.string() + ": " + std::generic_category().message(errno));
  }
  fs::remove(aside, ignored);
  sync_directory(target.parent_path());
  return file.to + " is restored";
}

/// Never a reason to fail: the rest is in place already, and would never be completed.
std::string put_elsewhere(const Placement::Elsewhere& file, const fs::path& from) {
  const fs::path target(file.to);
  // systemd hands those over anew at each start; in between the folder is not there.
  if (file.to.starts_with("/run/")) {
    const auto part = from.parent_path().filename() / from.filename();
    return file.to + " is not restored: what is handed over there is kept elsewhere, as in /etc/credstore; it is " +
           part.string() + " in the backup (zstd -dc FILE | tar -xO " + part.string() + ")";
  }
  const fs::path aside(target.string() + ".restore" + std::to_string(::getpid()));
  try {
    return try_elsewhere(file, from, aside);
  } catch (const std::exception& error) {
    std::error_code ignored;
    fs::remove(aside, ignored);
    return file.to + " is not restored (" + error.what() + "): take it from the backup by hand";
  }
}

}  // namespace

fs::path staging_folder(const fs::path& data_dir) { return data_dir / kFolder; }

fs::path staged_database(const fs::path& database) { return database.string() + ".restore"; }

void write_journal(const fs::path& data_dir, const Placement& placement) {
  const fs::path draft = staging_folder(data_dir) / "journal.draft";
  NewFile(draft).write(text_of(placement, data_dir));
  security::give_to_owner_of(data_dir, draft);
  move_into_place(draft, journal_of(data_dir));
  sync_directory(data_dir);
}

std::vector<std::string> carry_out(const fs::path& data_dir, const Placement& placement,
                                   const storage::DatabaseSettings* database) {
  require_all(data_dir, placement);
  for (const auto& move : placement.moves) {
    const auto from = data_dir / move.from;
    const auto to = data_dir / move.to;
    if (!is_there(from)) continue;  // moved before the kill
    if (::rename(from.c_str(), to.c_str()) != 0) {
      throw std::runtime_error(to.string() + ": " + std::generic_category().message(errno));
    }
    sync_directory(to.parent_path());
  }
  std::vector<std::string> said;
  for (const auto& file : placement.elsewhere) {
    const auto from = data_dir / file.from;
    if (is_there(from)) said.push_back(put_elsewhere(file, from));  // else it was put before the kill
  }
  // After the moves: without its token the import counts as one that never was.
  if (!placement.mariadb.empty()) storage::finish_import(*database, placement.token);
  // The journal last, or what is left would be taken for a restore that never was.
  for (const auto& entry : fs::directory_iterator(staging_folder(data_dir))) {
    if (entry.path() != journal_of(data_dir)) fs::remove_all(entry.path());
  }
  fs::remove_all(staging_folder(data_dir));
  sync_directory(data_dir);
  return said;
}

void throw_away(const fs::path& data_dir, const storage::DatabaseSettings* database) {
  fs::remove_all(staging_folder(data_dir));
  if (database == nullptr || !storage::is_sqlite(*database)) return;
  const auto staged = staged_database(storage::sqlite_file_of(*database)).string();
  for (const auto* suffix : {"", "-wal", "-shm", "-journal"}) fs::remove(staged + suffix);
}

Recovered recover(const fs::path& data_dir, const storage::DatabaseSettings* database, std::vector<std::string>& said) {
  std::error_code unknown;
  if (!fs::exists(staging_folder(data_dir), unknown)) return Recovered::nothing;
  if (!fs::exists(journal_of(data_dir))) {
    throw_away(data_dir, database);
    return Recovered::thrown_away;
  }
  const auto placement = read_journal(data_dir);
  if (!placement.mariadb.empty()) {
    if (database == nullptr || storage::place_of(*database) != placement.mariadb) {
      throw std::runtime_error("a restore into " + placement.mariadb +
                               " was interrupted: start once with that --database, or remove " +
                               staging_folder(data_dir).string());
    }
    if (!storage::import_committed(*database, placement.token)) {
      throw_away(data_dir, nullptr);
      return Recovered::thrown_away;
    }
  }
  for (auto& line : carry_out(data_dir, placement, database)) said.push_back(std::move(line));
  return Recovered::completed;
}

bool awaits_recovery(const fs::path& data_dir) {
  std::error_code unknown;
  return fs::exists(journal_of(data_dir), unknown);
}

std::string interrupted_backup(const fs::path& data_dir) { return read_journal(data_dir).backup; }

}  // namespace dontgoback::backup
