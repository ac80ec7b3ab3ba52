#include "examine.hpp"

#include <algorithm>
#include <stdexcept>

#include "dontgoback/security/files/known_keys.hpp"
#include "files.hpp"
#include "storage/migration_script.hpp"
#include "storage/transfer.hpp"

namespace dontgoback::backup {
namespace {

namespace fs = std::filesystem;
using Problems = std::vector<std::string>;

constexpr std::uint64_t kMaxKey = 1 << 20;

bool has_tables_of(const Manifest& manifest, std::string_view module) {
  return std::any_of(manifest.migrations.begin(), manifest.migrations.end(),
                     [module](const auto& migration) { return migration.module == module; });
}

Problems compare_schema(const fs::path& database, const Manifest& manifest) {
  const auto applied = storage::migrations_of(database);
  const bool same = std::equal(applied.begin(), applied.end(), manifest.migrations.begin(), manifest.migrations.end(),
                               [](const storage::AppliedMigration& a, const Manifest::AppliedMigration& b) {
                                 return a.module == b.module && a.number == b.number && a.checksum == b.checksum;
                               });
  if (same) return {};
  return {"the database's migrations are not those that the manifest lists"};
}

Problems compare_rows(const fs::path& database, const Manifest& manifest) {
  Problems problems;
  auto listed = manifest.tables;
  for (const auto& found : storage::contents_of(database)) {
    const auto table = std::find_if(listed.begin(), listed.end(), [&](const auto& t) { return t.name == found.name; });
    if (table == listed.end()) {
      problems.push_back("the table " + found.name + " is not in the manifest");
      continue;
    }
    if (table->rows != found.rows) {
      problems.push_back("the table " + found.name + " has " + std::to_string(found.rows) + " rows, and had " +
                         std::to_string(table->rows));
    } else if (table->digest != found.digest) {
      problems.push_back("the table " + found.name + " has other rows than it had");
    }
    listed.erase(table);
  }
  for (const auto& table : listed) problems.push_back("the table " + table.name + " is missing");
  return problems;
}

Problems broken_rules(const fs::path& database, const Manifest& manifest, const Knowledge& knowledge) {
  Problems problems;
  storage::with_sqlite_file(database, [&](storage::Connection& connection) {
    for (const auto& module : knowledge.modules) {
      if (!has_tables_of(manifest, module.name)) continue;
      for (const auto& rule : module.rules) {
        const auto found = connection.one<std::int64_t>(rule.exceptions);
        const auto exceptions = found ? std::get<0>(*found) : 0;
        if (exceptions == 0) continue;
        problems.push_back("not so of " + std::to_string(exceptions) + " rows: " + std::string(rule.rule));
      }
    }
  });
  return problems;
}

}  // namespace

void require_known(const Manifest& manifest, const Knowledge& knowledge) {
  for (const auto& applied : manifest.migrations) {
    const auto title = applied.module + "/" + std::to_string(applied.number) + " " + applied.name;
    const auto known = std::find_if(knowledge.migrations.begin(), knowledge.migrations.end(),
                                    [&](const storage::Migration& migration) {
                                      return migration.dialect == storage::Dialect::sqlite &&
                                             migration.module == applied.module && migration.number == applied.number;
                                    });
    if (known == knowledge.migrations.end()) {
      throw BadArchive("was made by a newer dontgoback (" + manifest.program + "): its database has migration " +
                       title + ", which this one does not know: use that version or a later one");
    }
    if (storage::checksum(known->sql) != applied.checksum) {
      throw BadArchive("is of another dontgoback: its migration " + title + " has another text");
    }
  }
}

std::vector<std::string> check_keys(const fs::path& folder, const Manifest& manifest, const Knowledge& knowledge) {
  Problems problems;
  Copy copy{nullptr,
            [&](std::string_view name) -> std::optional<std::string> {
              for (const auto& file : manifest.files) {
                if (file.name == name) return read_whole(folder / file.part, kMaxKey);
              }
              return std::nullopt;
            },
            {},
            manifest.role};
  copy.known_key = [&copy](std::string_view name) -> std::optional<std::string> {
    if (copy.database == nullptr) return security::find_in_lines(copy.file(kKnownKeysFile).value_or(""), name);
    const auto row = copy.database->one<std::string>("SELECT fingerprint FROM known_keys WHERE name = :name", name);
    return row ? std::optional(std::get<0>(*row)) : std::nullopt;
  };
  const auto ask = [&] {
    for (const auto& module : knowledge.modules) {
      if (module.has_tables && !has_tables_of(manifest, module.name)) continue;
      auto found = module.check(copy);
      problems.insert(problems.end(), found.begin(), found.end());
    }
  };
  if (manifest.database.empty()) {
    ask();
  } else {
    storage::with_sqlite_file(folder / kDatabasePart, [&](storage::Connection& connection) {
      copy.database = &connection;
      ask();
    });
  }
  return problems;
}

Findings examine(const fs::path& folder, const Manifest& manifest, const Knowledge& knowledge, const Report& report) {
  Findings findings;
  const auto phase = [&report](std::string_view name) { report(name, 0, 0, {}); };
  if (!manifest.database.empty()) {
    const auto database = folder / kDatabasePart;
    if (!fs::exists(database)) return {{"the database is missing"}, {}};
    phase("checking the database's pages");
    findings.damage = storage::damage_of(database);
    if (!findings.damage.empty()) return findings;
    for (const auto& compare : {compare_schema, compare_rows}) {
      phase("comparing rows");
      auto found = compare(database, manifest);
      findings.damage.insert(findings.damage.end(), found.begin(), found.end());
    }
    if (!findings.damage.empty()) return findings;
    phase("migrating the copy");
    storage::migrate_file(database, knowledge.migrations);
    phase("checking counts");
    findings.contradictions = broken_rules(database, manifest, knowledge);
  }
  findings.damage = check_keys(folder, manifest, knowledge);
  return findings;
}

}  // namespace dontgoback::backup
