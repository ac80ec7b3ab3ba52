#include <memory>
#include <ostream>
#include <stdexcept>

#include "backup_support.hpp"
#include "dontgoback/config/table.hpp"

namespace dontgoback::app {
namespace {

using config::Table;

constexpr const char* kScratch = "/var/tmp";

void print_problems(Program& program, const std::vector<std::string>& problems) {
  Table table({"problem"});
  for (const auto& problem : problems) table.add({problem});
  table.print(program.out, program.json);
}

}  // namespace

void verify_backup(Program& program, const BackupArguments& given) {
  const auto knowledge = backup_knowledge(program);
  BackupFile file(given.file, knowledge);
  const std::filesystem::path parent = given.scratch.empty() ? kScratch : given.scratch;
  const auto needed = backup::total_size(file.manifest());
  if (const auto there = backup::free_space(parent); there < needed) {
    throw std::runtime_error("there is not enough space in " + parent.string() +
                             " to unpack it: " + backup::readable_size(needed) + " are needed and " +
                             backup::readable_size(there) + " are free; name another folder with --scratch");
  }
  const backup::Scratch scratch(parent);
  Progress progress("verify");
  backup::Findings findings;
  try {
    file.archive().unpack(scratch.path(), progress.report());
    findings = backup::examine(scratch.path(), file.manifest(), knowledge, progress.report());
  } catch (const backup::BadArchive& error) {
    file.refuse(error);
  }
  auto problems = findings.damage;
  problems.insert(problems.end(), findings.contradictions.begin(), findings.contradictions.end());
  if (!problems.empty()) {
    print_problems(program, problems);
    throw std::runtime_error("the backup is not in order");
  }
  const auto& manifest = file.manifest();
  Table table({"result", "role", "created", "program", "database", "rows", "files"});
  table.add({std::string("in order"), manifest.role, manifest.created, manifest.program, manifest.database,
             backup::total_rows(manifest), static_cast<std::int64_t>(manifest.files.size())});
  table.print_row(program.out, program.json);
}

std::vector<ProgramCommand> backup_commands() {
  const auto given = std::make_shared<BackupArguments>();
  const auto file = [given](config::Options& options, std::string_view help) {
    options.text("file", given->file, help);
  };
  const auto scratch = [given](config::Options& options, std::string_view help) {
    options.text("--scratch", given->scratch, help);
  };
  return {
      {{"backup", "create", "Writes database, keys and configuration into one file, also beside a server",
        [=](config::Options& options) {
          options.text("[file]", given->file,
                       "The file to write (a tar, compressed by zstd), or - for standard output");
          options.text("--into", given->into,
                       "Instead of a file: a folder, in which it gets the next number as its name");
          options.integer(
              "--keep", given->keep, 1, 100'000,
              "With --into: how many of this role's backups stay there; the oldest are removed once the new "
              "one is written and verified");
          options.toggle("--replace", given->replace, "Write it over a file that is there");
          scratch(options,
                  "A folder with space for a copy of the database (default: the file's, or the data directory)");
        }},
       [given](Program& program) { create_backup(program, *given); }},
      {{"backup", "verify", "Unpacks a backup aside and says what is wrong with it; needs no database server",
        [=](config::Options& options) {
          file(options, "The backup, or - for standard input");
          scratch(options, "A folder with space for what is in it (default: /var/tmp)");
        }},
       [given](Program& program) { verify_backup(program, *given); }},
      {{"backup", "restore",
        "Puts a backup into an empty data directory, and into an empty MariaDB database if --database names one; no "
        "server may run",
        [=](config::Options& options) { file(options, "The backup, or - for standard input"); }},
       [given](Program& program) { restore_backup(program, *given); }},
  };
}

}  // namespace dontgoback::app
