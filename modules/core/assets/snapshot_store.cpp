#include "snapshot_store.hpp"

#include <vector>

#include "accounts/accounts.hpp"

namespace dontgoback::core::assets {
namespace {

using storage::Dialect;
using Existing = SnapshotWriter::Existing;

/// `(:u0, :d0, :a0, :m0), (:u1, …`
std::string value_rows(std::size_t rows) {
  std::string text;
  for (std::size_t i = 0; i < rows; ++i) {
    const auto n = std::to_string(i);
    if (i > 0) text += ", ";
    text.append("(:u").append(n).append(", :d").append(n).append(", :a").append(n).append(", :m").append(n).append(")");
  }
  return text;
}

/// CROSS JOIN keeps SQLite from scanning the accounts; MariaDB takes it for a plain join.
std::string statement(Dialect dialect, Existing existing, std::size_t rows) {
  std::string text = existing == Existing::overwrite ? "INSERT INTO"
                     : dialect == Dialect::sqlite    ? "INSERT OR IGNORE INTO"
                                                     : "INSERT IGNORE INTO";
  text +=
      " asset_snapshots (user_id, day, amount, multiplier, created_at) "
      "WITH v (user_id, day, amount, multiplier) AS (VALUES " +
      value_rows(rows) +
      ") SELECT v.user_id, v.day, v.amount, v.multiplier, :now "
      "FROM v CROSS JOIN " +
      accounts::joined("a", "v.user_id") + " WHERE " + accounts::is_active("a");
  if (existing == Existing::overwrite) {
    text += dialect == Dialect::sqlite
                ? " ON CONFLICT (user_id, day) DO UPDATE SET amount = excluded.amount, "
                  "multiplier = excluded.multiplier, created_at = excluded.created_at"
                : " ON DUPLICATE KEY UPDATE amount = VALUES(amount), multiplier = VALUES(multiplier), "
                  "created_at = VALUES(created_at)";
  }
  return text;
}

}  // namespace

SnapshotWriter::SnapshotWriter(Dialect dialect, Existing existing) {
  for (std::size_t i = 0; i < kRows.size(); ++i) texts_[i] = statement(dialect, existing, kRows[i]);
}

void SnapshotWriter::write(storage::Connection& connection, std::span<const SnapshotRow> rows,
                           time::Timestamp now) const {
  std::vector<storage::Value> values;
  values.reserve(kRows.front() * 4 + 1);
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    for (; rows.size() >= kRows[i]; rows = rows.subspan(kRows[i])) {
      values.clear();
      for (const auto& row : rows.first(kRows[i])) {
        values.insert(values.end(), {row.user, row.day, row.amount, row.multiplier});
      }
      values.emplace_back(now);
      connection.run(texts_[i], values, {}, {});
    }
  }
}

}  // namespace dontgoback::core::assets
