#include "tables.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/hex.hpp"

namespace dontgoback::storage {
namespace {

constexpr std::int64_t kPage = 1000;
constexpr std::size_t kRowsAtOnce = 200;
constexpr std::size_t kMaxWaiting = 4 << 20;  // bytes; a statement must fit into MariaDB's 16 MB packet

std::string quoted(Dialect dialect, const std::string& name) {
  const char mark = dialect == Dialect::sqlite ? '"' : '`';
  return mark + name + mark;
}

std::string column_list(Dialect dialect, const Table& table) {
  std::string list;
  for (const auto& column : table.columns) list += (list.empty() ? "" : ", ") + quoted(dialect, column.name);
  return list;
}

std::string ordering(Dialect dialect, const Table& table) {
  std::string list;
  for (const auto column : table.key) list += (list.empty() ? "" : ", ") + quoted(dialect, table.columns[column].name);
  return list;
}

/// `a > :k0_0 OR (a = :k1_0 AND b > :k1_1)`: MariaDB makes no range of `(a, b) > (:a, :b)`.
std::string after_key(Dialect dialect, const Table& table) {
  std::string text;
  for (std::size_t last = 0; last < table.key.size(); ++last) {
    std::string all;
    for (std::size_t i = 0; i <= last; ++i) {
      all += (all.empty() ? "" : " AND ") + quoted(dialect, table.columns[table.key[i]].name) +
             (i == last ? " > " : " = ") + ":k" + std::to_string(last) + "_" + std::to_string(i);
    }
    text += (text.empty() ? "(" : " OR (") + all + ")";
  }
  return text;
}

std::vector<ColumnType> types_of(const Table& table) {
  std::vector<ColumnType> types;
  for (const auto& column : table.columns) types.push_back(column.type);
  return types;
}

ColumnType column_type(const std::string& table, const std::string& column, std::string_view declared) {
  if (declared == "INTEGER") return ColumnType::integer;
  if (declared == "TEXT" || declared == "BLOB") return ColumnType::text;
  throw std::logic_error(table + "." + column + ": a column of type " + std::string(declared) + " cannot be carried");
}

Table described(Connection& sqlite, const std::string& name, bool numbers_rows) {
  Table table{name, {}, {}, numbers_rows};
  std::map<int, std::size_t> key;
  sqlite.each("SELECT name, type, pk FROM pragma_table_info(:name) ORDER BY cid", args(name),
              [&](std::string column, std::string_view type, int place_in_key) {
                if (place_in_key > 0) key[place_in_key] = table.columns.size();
                const auto known = column_type(name, column, type);
                table.columns.push_back({std::move(column), known});
              });
  for (const auto& [place, column] : key) table.key.push_back(column);
  if (table.key.empty()) throw std::logic_error(name + ": a table without a primary key cannot be carried");
  return table;
}

Value value_of(const Cell& cell, ColumnType type) {
  if (cell.null) return nullptr;
  return type == ColumnType::integer ? Value(cell.integer) : Value(cell.text);
}

void each_row_by_pages(Connection& connection, const Table& table, const Connection::Row& row) {
  const auto dialect = connection.dialect();
  const std::string all = "SELECT " + column_list(dialect, table) + " FROM " + quoted(dialect, table.name);
  const std::string end = " ORDER BY " + ordering(dialect, table) + " LIMIT " + std::to_string(kPage);
  const auto types = types_of(table);
  std::vector<std::pair<std::int64_t, std::string>> last(table.key.size());
  std::int64_t found = 0;
  const auto take = [&](std::span<const Cell> cells) {
    ++found;
    for (std::size_t i = 0; i < table.key.size(); ++i) {
      last[i].first = cells[table.key[i]].integer;
      last[i].second = cells[table.key[i]].text;
    }
    row(cells);
  };
  connection.run(all + end, {}, types, take);
  const std::string next = all + " WHERE " + after_key(dialect, table) + end;
  while (found == kPage) {
    found = 0;
    auto key = last;  // `take` writes the next one while this is bound
    std::vector<Value> parameters;
    for (std::size_t end_of_part = 0; end_of_part < key.size(); ++end_of_part) {
      for (std::size_t i = 0; i <= end_of_part; ++i) {
        const bool is_number = table.columns[table.key[i]].type == ColumnType::integer;
        parameters.push_back(is_number ? Value(key[i].first) : Value(key[i].second));
      }
    }
    connection.run(next, parameters, types, take);
  }
}

std::string insert_sql(Dialect dialect, const Table& table, std::size_t rows) {
  std::string sql = "INSERT INTO " + quoted(dialect, table.name) + " (" + column_list(dialect, table) + ") VALUES ";
  for (std::size_t row = 0; row < rows; ++row) {
    sql += row == 0 ? "(" : ", (";
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      sql += (column == 0 ? ":p" : ", :p") + std::to_string(row) + "_" + std::to_string(column);
    }
    sql += ')';
  }
  return sql;
}

}  // namespace

std::vector<Table> tables_of(Connection& sqlite) {
  std::vector<std::pair<std::string, bool>> names;
  sqlite.each(
      "SELECT name, sql LIKE '%AUTOINCREMENT%' FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
      "ESCAPE '\\' AND name NOT IN ('schema_migrations', 'leases') ORDER BY name",
      args(), [&names](std::string name, bool numbers_rows) { names.emplace_back(std::move(name), numbers_rows); });
  std::vector<Table> tables;
  for (const auto& [name, numbers_rows] : names) tables.push_back(described(sqlite, name, numbers_rows));
  return tables;
}

std::map<std::string, std::int64_t> last_ids(Connection& connection, const std::vector<Table>& tables) {
  std::map<std::string, std::int64_t> ids;
  for (const auto& table : tables) {
    if (!table.numbers_rows) continue;
    const auto found =
        connection.dialect() == Dialect::sqlite
            ? connection.one<std::int64_t>("SELECT seq FROM sqlite_sequence WHERE name = :name", table.name)
            : connection.one<std::int64_t>(
                  "SELECT AUTO_INCREMENT - 1 FROM information_schema.tables WHERE "
                  "table_schema = DATABASE() AND table_name = :name",
                  table.name);
    ids[table.name] = found ? std::get<0>(*found) : 0;
  }
  return ids;
}

void each_row(Connection& connection, const Table& table, const Connection::Row& row) {
  if (connection.dialect() == Dialect::mysql) return each_row_by_pages(connection, table, row);
  connection.run("SELECT " + column_list(Dialect::sqlite, table) + " FROM " + quoted(Dialect::sqlite, table.name), {},
                 types_of(table), row);
}

std::int64_t row_count(Connection& connection, const Table& table) {
  const auto found = connection.one<std::int64_t>("SELECT count(*) FROM " + quoted(connection.dialect(), table.name));
  return std::get<0>(found.value());
}

RowWriter::RowWriter(SociConnection& connection, const Table& table)
    : connection_(connection),
      table_(table),
      // SQLite's statements cost little each, and more parameters are more to bind by name.
      at_once_(connection.dialect() == Dialect::sqlite ? 1 : kRowsAtOnce),
      many_(insert_sql(connection.dialect(), table, at_once_)),
      one_(insert_sql(connection.dialect(), table, 1)) {
  const auto types = types_of(table);
  connection.prepare(one_, types);
  if (at_once_ == 1) return;
  std::vector<ColumnType> all;
  for (std::size_t row = 0; row < at_once_; ++row) all.insert(all.end(), types.begin(), types.end());
  connection.prepare(many_, all);
}

void RowWriter::write(std::string_view sql, std::span<const Cell> cells) {
  std::vector<Value> values;
  values.reserve(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    values.push_back(value_of(cells[i], table_.columns[i % table_.columns.size()].type));
  }
  connection_.run(sql, values, {}, {});
}

void RowWriter::add(std::span<const Cell> row) {
  if (at_once_ == 1) return write(one_, row);
  for (const auto& cell : row) {
    auto kept = cell;
    if (!cell.null && !cell.text.empty()) kept.text = texts_.emplace_back(cell.text);
    bytes_ += cell.text.size();
    cells_.push_back(kept);
  }
  if (cells_.size() == at_once_ * table_.columns.size()) {
    write(many_, cells_);
    cells_.clear();
    texts_.clear();
    bytes_ = 0;
  } else if (bytes_ > kMaxWaiting) {
    flush();
  }
}

void RowWriter::flush() {
  const std::size_t columns = table_.columns.size();
  for (std::size_t i = 0; i < cells_.size(); i += columns) write(one_, std::span(cells_).subspan(i, columns));
  cells_.clear();
  texts_.clear();
  bytes_ = 0;
}

void RowsDigest::add(const Table& table, std::span<const Cell> row) {
  buffer_.clear();
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i].null) {
      buffer_ += 'n';
    } else if (table.columns[i].type == ColumnType::integer) {
      buffer_ += 'i' + std::to_string(row[i].integer) + ';';
    } else {
      buffer_ += 't' + std::to_string(row[i].text.size()) + ':';
      buffer_ += row[i].text;
    }
  }
  const auto digest = security::sha256(buffer_);
  for (std::size_t i = 0; i < sum_.size(); ++i) {
    std::uint64_t part = 0;
    for (std::size_t byte = 0; byte < 8; ++byte) part = part << 8 | digest[i * 8 + byte];
    sum_[i] += part;
  }
  ++rows_;
}

std::string RowsDigest::hex() const {
  std::string bytes;
  for (const auto part : sum_) {
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(part >> shift & 0xff);
  }
  return security::hex(bytes);
}

}  // namespace dontgoback::storage
