#include <memory>
#include <ostream>
#include <stdexcept>

#include "backup/placement.hpp"
#include "data_dir_lock.hpp"
#include "dontgoback/config/table.hpp"
#include "program.hpp"
#include "restore_recovery.hpp"
#include "runtime.hpp"
#include "storage/maintenance.hpp"

namespace dontgoback::app {
namespace {

using config::Table;

struct Given {
  std::string file;
  bool replace = false;
};

storage::DatabaseSettings settings_of(const Program& program) {
  if (program.modules.migrations().empty()) {
    throw std::invalid_argument("role " + program.settings.node.role + " keeps no database");
  }
  return database_settings(program.settings);
}

void done(const Program& program, std::string_view what, const std::string& file) {
  Table table({"done", "file"});
  table.add({std::string(what), file});
  table.print(program.out, program.json);
}

void remark(const Program& program, std::string_view what) {
  if (!program.json) program.out << what << '\n';
}

/// Makes what a node needs before its first start. That a key is missed is of the next start's concern, not of the
/// schema's.
void make_keys(Program& program, Runtime& runtime) {
  try {
    runtime.connect();
    program.modules.make_keys(runtime.host());
  } catch (const std::exception& missed) {
    program.notes << "the schema is current, but the server will not start like this: " << missed.what() << '\n';
  }
}

void migrate(Program& program) {
  static_cast<void>(settings_of(program));
  make_data_dir(program.settings.node.data_dir);
  end_interrupted_restore_alone(program.settings, program.modules);
  program.settings.listens_at(program.settings.listen);
  Runtime runtime(program.settings, program.modules, open_database(program.settings, program.modules));
  const auto applied = storage::migrate(runtime.database(), all_migrations(program.modules));
  make_keys(program, runtime);
  done(program, "migrate", program.settings.database);
  if (applied == 0) program.notes << "the schema was current already: nothing was changed\n";
}

void backup(Program& program, const Given& given) {
  require_database(program);
  storage::backup(settings_of(program), given.file);
  done(program, "backup", given.file);
  remark(program,
         "It holds the database only: no key files, without which it cannot start anywhere else, and no configuration. "
         "`dontgoback backup create` holds all.");
}

void restore(Program& program, const Given& given) {
  const auto settings = settings_of(program);
  const DataDirLock no_server(program.settings.node.data_dir);
  storage::restore(settings, given.file, given.replace ? storage::Existing::replace : storage::Existing::keep);
  done(program, "restore", given.file);
  remark(program,
         "The key files (session.key, auth.key, multiplier.key) must be those of that database: they are not in the "
         "copy. `dontgoback backup restore` puts a whole backup back.");
}

void check(Program& program) {
  require_database(program);
  const auto problems = storage::check(settings_of(program), all_migrations(program.modules));
  Table table({"problem"});
  for (const auto& problem : problems) table.add({problem});
  if (program.json || !problems.empty()) {
    table.print(program.out, program.json);
  } else {
    program.out << "the database is in order\n";
  }
  if (!problems.empty()) throw std::runtime_error("the database is not in order");
}

}  // namespace

void require_database(const Program& program) {
  if (backup::awaits_recovery(program.settings.node.data_dir)) {
    throw std::runtime_error("a restore into " + program.settings.node.data_dir.string() +
                             " was interrupted: run the same `dontgoback backup restore` again, or start the server, "
                             "and it is completed");
  }
  if (program.modules.migrations().empty()) return;
  const auto missing = storage::missing_file(database_settings(program.settings));
  if (!missing) return;
  throw std::invalid_argument("there is no database at " + missing->string() +
                              ": name the server's data directory (--data-dir, or --config with its file); a new "
                              "database is made by `dontgoback db migrate` or the server's first start");
}

std::vector<ProgramCommand> database_commands() {
  const auto given = std::make_shared<Given>();
  const auto file = [given](config::Options& options) { options.text("file", given->file, "The copy"); };
  const auto file_and_replace = [given](config::Options& options) {
    options.text("file", given->file, "The copy");
    options.toggle("--replace", given->replace, "Put it in the place of the database that is there");
  };
  return {
      {{"db",
        "migrate",
        "Brings the database to this version's schema; makes a new one, and its keys, where there is none",
        {}},
       migrate},
      {{"db", "backup",
        "Writes a consistent copy of an SQLite database, also beside a server; without keys and configuration, which "
        "`backup create` holds",
        file},
       [given](Program& program) { backup(program, *given); }},
      {{"db", "restore", "Puts a copy made by `db backup` in place of the database; no server may run",
        file_and_replace},
       [given](Program& program) { restore(program, *given); }},
      {{"db", "check", "Reads the whole database and names what is wrong", {}}, check},
  };
}

}  // namespace dontgoback::app
