#include "check_database.hpp"

#include <ostream>

#include "backup/examine.hpp"
#include "backup/files.hpp"
#include "dontgoback/result.hpp"
#include "known_keys.hpp"
#include "runtime.hpp"
#include "storage/open.hpp"
#include "storage/schema_state.hpp"
#include "storage/transfer.hpp"

namespace dontgoback::app {
namespace {

constexpr std::uint64_t kMaxKey = 1 << 20;

std::optional<std::string> content_of(const Program& program, std::string_view name) {
  for (const auto& module : program.modules.all()) {
    for (const auto& file : module->kept_files(program.settings.node)) {
      std::error_code unknown;
      if (file.name == name && std::filesystem::exists(file.path, unknown)) {
        return backup::read_whole(file.path, kMaxKey);
      }
    }
  }
  return std::nullopt;
}

/// Asks the modules as of a backup's copy: the files and the database are those of the node itself.
void check_keys(const Program& program, backup::Copy node, config::Problems& problems) {
  node.role = program.settings.node.role;
  node.file = [&program](std::string_view name) { return content_of(program, name); };
  for (const auto& module : program.modules.all()) {
    if (!program.modules.runs(module->name())) continue;
    for (auto& problem : module->check_copy(node)) problems.push_back(std::move(problem));
  }
}

void look_into(const Program& program, storage::Database& database, config::Problems& problems) {
  database.read([&](storage::Connection& connection) {
    const auto applied = storage::applied_migrations(connection);
    // A start migrates what is empty or older, and is refused what this throws for.
    if (applied.empty() ||
        !storage::outstanding_migrations(all_migrations(program.modules), connection.dialect(), applied).empty()) {
      return;
    }
    const auto known_key = [&connection](std::string_view name) -> std::optional<std::string> {
      const auto row = connection.one<std::string>("SELECT fingerprint FROM known_keys WHERE name = :name", name);
      return row ? std::optional(std::get<0>(*row)) : std::nullopt;
    };
    check_keys(program, {&connection, {}, known_key, {}}, problems);
  });
}

void look_into_files(const Program& program, config::Problems& problems) {
  FileKnownKeys known(program.settings.node.data_dir);
  // Where it has had none, the start makes one.
  if (!std::filesystem::exists(program.settings.node.data_dir / backup::kKnownKeysFile)) return;
  check_keys(program, {nullptr, {}, [&known](std::string_view name) { return known.find(name); }, {}}, problems);
}

}  // namespace

config::Problems problems_in_database(const Program& program) {
  config::Problems problems;
  bool is_sqlite = true;
  try {
    if (program.modules.migrations().empty()) {
      look_into_files(program, problems);
      return problems;
    }
    auto settings = database_settings(program.settings);
    settings.may_create = false;
    is_sqlite = storage::is_sqlite(settings);
    if (storage::missing_file(settings)) return problems;  // the start makes it
    look_into(program, *storage::open_to_read(settings), problems);
  } catch (const Unavailable& error) {
    if (is_sqlite) {
      problems.push_back(error.what());
    } else {
      program.notes << "the database was not looked at: " << error.what() << '\n';
    }
  } catch (const std::runtime_error& error) {
    problems.push_back(error.what());
  }
  return problems;
}

}  // namespace dontgoback::app
