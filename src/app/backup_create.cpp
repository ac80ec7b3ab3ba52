#include <sys/stat.h>
#include <unistd.h>

#include <iostream>
#include <optional>
#include <stdexcept>

#include "backup/create.hpp"
#include "backup/keeping.hpp"
#include "backup_support.hpp"
#include "dontgoback/config/table.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "runtime.hpp"
#include "storage/transfer.hpp"
#include "version.hpp"

namespace dontgoback::app {
namespace {

namespace fs = std::filesystem;
using config::Table;

/// Where the backup goes: a file, or nowhere for standard output.
struct Destination {
  std::optional<fs::path> file;
  fs::path scratch;
};

Destination destination_of(const Program& program, const BackupArguments& given, time::Timestamp now) {
  if (given.file.empty() == given.into.empty()) {
    throw std::invalid_argument("say where the backup goes: a file, - for standard output, or --into with a folder");
  }
  if (given.keep != 0 && given.into.empty()) throw std::invalid_argument("--keep goes with --into");
  Destination to;
  if (!given.into.empty()) {
    const fs::path folder = fs::absolute(given.into);
    if (!fs::exists(folder) && ::mkdir(folder.c_str(), 0700) != 0) {
      throw std::runtime_error("cannot make the folder " + folder.string());
    }
    to.file = backup::next_file(folder, program.settings.node.role, now);
  } else if (given.file != "-") {
    to.file = fs::absolute(given.file).lexically_normal();
    if (fs::is_directory(*to.file)) {
      throw std::invalid_argument(to.file->string() + " is a folder: name a file in it, or give --into=" + given.file);
    }
    const auto there = fs::symlink_status(*to.file);
    if (fs::exists(there) && !fs::is_regular_file(there)) {
      throw std::invalid_argument(to.file->string() + " is there and is no regular file: give another name" +
                                  (fs::is_symlink(there) ? ", or that of the file the link leads to" : ""));
    }
    if (fs::exists(there) && !given.replace) {
      throw std::invalid_argument(to.file->string() + " is there already: give another name, or --replace");
    }
  } else if (::isatty(STDOUT_FILENO) != 0) {
    throw std::invalid_argument("a backup is not written to a terminal: send it through a pipe or into a file");
  }
  to.scratch = !given.scratch.empty() ? fs::path(given.scratch)
               : to.file              ? to.file->parent_path()
                                      : program.settings.node.data_dir;
  return to;
}

backup::Subject subject_of(const Program& program) {
  backup::Subject subject;
  const auto& settings = program.settings;
  subject.program = kVersion;
  subject.role = settings.node.role;
  subject.data_dir = settings.node.data_dir;
  subject.has_database = !program.modules.migrations().empty();
  if (subject.has_database) subject.database = database_settings(settings);
  for (const auto& module : program.modules.all()) {
    const bool runs = program.modules.runs(module->name());
    std::error_code unknown;
    for (auto& file : module->kept_files(settings.node)) {
      // What does not run now may run here again.
      if (runs || file.needed_elsewhere || fs::exists(file.path, unknown)) subject.files.push_back(std::move(file));
    }
  }
  const auto add = [&subject](std::string name, const std::string& file) {
    if (!file.empty()) subject.files.push_back({std::move(name), file, false});
  };
  if (!subject.has_database) {
    subject.files.push_back(
        {std::string(backup::kKnownKeysFile), settings.node.data_dir / backup::kKnownKeysFile, true});
  }
  add("configuration", program.line.options().find("config")->value());
  add("database-password", settings.database_password_file);
  add("redis-password", settings.redis_password_file);
  return subject;
}

/// SQLite says no more than "full" when it is in the middle.
void require_space(const backup::Subject& subject, const fs::path& scratch) {
  if (!subject.has_database || !storage::is_sqlite(subject.database)) return;
  std::error_code unknown;
  const auto file = storage::sqlite_file_of(subject.database);
  auto size = fs::file_size(file, unknown);
  if (unknown) return;
  if (const auto wal = fs::file_size(file.string() + "-wal", unknown); !unknown) size += wal;
  if (const auto there = backup::free_space(scratch); there < size) {
    throw std::runtime_error("there is not enough space in " + scratch.string() + ": the copy of the database takes " +
                             backup::readable_size(size) + " and " + backup::readable_size(there) +
                             " are free; name a folder with more with --scratch");
  }
}

void verify_draft(const Program& program, const fs::path& draft, const fs::path& scratch, Progress& progress) {
  const auto knowledge = backup_knowledge(program);
  BackupFile file(draft.string(), knowledge);
  const backup::Scratch unpacked(scratch);
  backup::Findings findings;
  try {
    file.archive().unpack(unpacked.path(), progress.report());
    findings = backup::examine(unpacked.path(), file.manifest(), knowledge, progress.report());
  } catch (const backup::BadArchive& error) {
    file.refuse(error);
  }
  if (!findings.damage.empty()) throw std::runtime_error("the backup is not good: " + findings.damage.front());
  for (const auto& problem : findings.contradictions) std::cerr << "dontgoback: in the database: " << problem << '\n';
}

/// Where there is no database to be missed.
void require_data_dir(const Program& program) {
  const auto& data_dir = program.settings.node.data_dir;
  if (fs::is_directory(data_dir)) return;
  throw std::invalid_argument("there is no data directory at " + data_dir.string() +
                              ": name the server's (--data-dir, or --config with its file)");
}

void note(const Program& program, time::Timestamp now, const std::string& file) {
  try {
    backup::note_backup(program.settings.node.data_dir, {now, file});
  } catch (const std::exception& error) {
    std::cerr << "dontgoback: the backup is made, but its moment cannot be noted for the server: " << error.what()
              << '\n';
  }
}

}  // namespace

void create_backup(Program& program, const BackupArguments& given) {
  require_database(program);
  require_data_dir(program);
  const auto now = time::SystemClock{}.now();
  const auto to = destination_of(program, given, now);
  const auto subject = subject_of(program);
  require_space(subject, to.scratch);

  Progress progress("backup");
  const auto knowledge = backup_knowledge(program);
  backup::Made made;
  if (to.file) {
    // Beside the final name, so that a rename makes it true; what a killed one leaves goes with the next.
    const backup::Scratch beside(to.file->parent_path());
    const backup::Scratch scratch(to.scratch);
    const auto draft = beside.path() / "draft";
    {
      backup::NewFile file(draft, to.file->string());
      made = backup::create(
          subject, knowledge, scratch.path(), [&file](std::string_view bytes) { file.write(bytes); },
          progress.report());
      file.sync();
    }
    if (!given.into.empty()) verify_draft(program, draft, to.scratch, progress);
    backup::move_into_place(draft, *to.file);
  } else {
    const backup::Scratch scratch(to.scratch);
    made = backup::create(
        subject, knowledge, scratch.path(),
        [](std::string_view bytes) { backup::write_to(STDOUT_FILENO, "standard output", bytes); }, progress.report());
  }
  for (const auto& file : made.left_out) std::cerr << "dontgoback: not in the backup: " << file << '\n';
  note(program, now, to.file ? to.file->string() : "-");

  std::int64_t removed = 0;
  if (given.keep != 0) {
    removed = static_cast<std::int64_t>(
        backup::remove_older(to.file->parent_path(), subject.role, static_cast<std::size_t>(given.keep), *to.file)
            .size());
  }
  if (!to.file) return;  // standard output is the backup
  Table table({"done", "file", "role", "rows", "files", "bytes", "removed"});
  table.add({std::string("backup"), to.file->string(), subject.role, backup::total_rows(made.manifest),
             static_cast<std::int64_t>(made.manifest.files.size()), static_cast<std::int64_t>(fs::file_size(*to.file)),
             removed});
  table.print_row(program.out, program.json);
}

}  // namespace dontgoback::app
