#include "support/plan_check.hpp"

#include <algorithm>
#include <array>

#include "dontgoback/storage/planned.hpp"

// As soci-sqlite3.h does.
namespace sqlite_api {
#include <sqlite3.h>
}  // namespace sqlite_api

namespace dontgoback::test {
namespace {

using namespace sqlite_api;

/// Tables with a row for each key, client, job, node or day, and the audit trail, which is kept short: they may be
/// walked.
constexpr std::array<std::string_view, 19> kSmall{
    "jobs",           "leases",        "known_keys",   "unconfirmed_spans",   "sealed_keys",     "backfills",
    "asset_days",     "asset_make_up", "auth_clients", "auth_client_secrets", "auth_denials",    "auth_issuers",
    "auth_keys",      "auth_state",    "auth_audit",   "schema_migrations",   "authors_to_mark", "auth_nodes",
    "auth_join_codes"};

/// Statements that are about a whole table, and why that may be.
constexpr std::array<std::string_view, 7> kWhole{
    "SELECT MAX(amount_day) FROM accounts",                              // once, before the first daily refresh
    "SELECT MIN(amount_day) FROM accounts",                              // the same
    "SELECT id FROM accounts WHERE accounts.status = 0 AND amount_day",  // the same
    "SELECT id FROM accounts WHERE email",                               // `demo seed`
    "UPDATE sessions SET ended_at = :now WHERE ended_at IS NULL",        // `sessions reset`
    "UPDATE outbox SET next_at",                                         // when the clock was set
    "SELECT topic, state, COUNT(*), MIN(id) FROM outbox",                // for /metrics
};

bool is_whole(std::string_view sql) {
  return std::ranges::any_of(kWhole, [sql](std::string_view start) { return sql.starts_with(start); });
}

std::string_view table_of(std::string_view line) {
  const auto start = line.find(' ') + 1;
  return line.substr(start, line.find(' ', start) - start);
}

/// The table that a statement calls so.
std::string real_name(std::string_view sql, std::string_view alias) {
  for (const auto table : kSmall) {
    for (const std::string_view before : {"FROM ", "JOIN ", "UPDATE ", "INTO "}) {
      const auto with_alias = std::string(before) + std::string(table) + " " + std::string(alias);
      if (sql.find(with_alias) != std::string_view::npos) return std::string(table);
    }
  }
  return std::string(alias);
}

/// Whether the statement makes the table itself, of values or of a few rows.
bool is_made(std::string_view sql, std::string_view name) {
  const std::string table(name);
  return sql.find("WITH " + table + " (") != std::string_view::npos || sql.ends_with(") " + table);
}

}  // namespace

std::string walks(std::string_view line) {
  const auto has = [line](std::string_view part) { return line.find(part) != std::string_view::npos; };
  if (has("TEMP B-TREE")) return "sorts";
  if (has("AUTOMATIC")) return "makes an index for itself";
  if (line.starts_with("BLOOM FILTER")) return "reads all rows into a filter";
  if (line.starts_with("SCAN")) return has("CONSTANT ROW") || has("(subquery") ? "" : "walks all rows";
  if (!line.starts_with("SEARCH") || has("(rowid=?)") || has("(rowid>? AND rowid<?)")) return {};
  // By the primary key, or what stands for one: of one account, client or post.
  const bool by_key = has("USING PRIMARY KEY (") || has("sqlite_autoindex");
  if (by_key && has("=?")) return {};
  return "walks rows of one key, or a range";
}

std::vector<std::string> sqlite_plan(sqlite3* connection, std::string_view sql) {
  std::vector<std::string> lines;
  const auto text = "EXPLAIN QUERY PLAN " + std::string(sql);
  // What foreign keys do is looked up by keys, and is not the statement's.
  int foreign_keys = 0;
  sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_FKEY, -1, &foreign_keys);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_FKEY, 0, nullptr);
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(connection, text.c_str(), -1, &statement, nullptr) == SQLITE_OK) {
    while (sqlite3_step(statement) == SQLITE_ROW) {
      lines.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement, 3)));
    }
  }
  sqlite3_finalize(statement);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_FKEY, foreign_keys, nullptr);
  return lines;
}

void PlanCheck::runs(sqlite3* connection, const storage::Sql& sql) {
  const std::lock_guard lock(mutex_);
  if (!seen_.emplace(sql.text()).second) return;
  const auto planned = storage::Planned::all();
  if (is_whole(sql.text()) || std::ranges::any_of(planned, [&sql](const storage::Planned* one) {
        return one->in(storage::Dialect::sqlite).text() == sql.text();
      })) {
    return;
  }
  for (const auto& line : sqlite_plan(connection, sql.text())) {
    const auto what = walks(line);
    const auto table = real_name(sql.text(), table_of(line));
    if (what.empty() || is_made(sql.text(), table) || std::ranges::find(kSmall, table) != kSmall.end()) continue;
    violations_.insert(std::string(sql.file()) + ":" + std::to_string(sql.line()) + " " + what +
                       ", and is no storage::Planned: " + std::string(sql.text()) + " (" + line + ")");
  }
}

std::vector<std::string> PlanCheck::violations() const {
  const std::lock_guard lock(mutex_);
  return {violations_.begin(), violations_.end()};
}

}  // namespace dontgoback::test
