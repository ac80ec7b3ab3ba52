#pragma once

#include <array>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "soci_connection.hpp"

// The rows of a database whatever they mean: to count and compare them, and to carry them to the other dialect.
namespace dontgoback::storage {

struct Table {
  struct Column {
    std::string name;
    ColumnType type;
  };
  std::string name;
  std::vector<Column> columns;   ///< those that are stored, in order
  std::vector<std::size_t> key;  ///< the primary key's columns, in order
  bool numbers_rows = false;     ///< ids count up and are never given twice: AUTOINCREMENT, AUTO_INCREMENT
};

/// The tables of an SQLite database by name, without SQLite's own, `schema_migrations`, which differs between the
/// dialects, and `leases`, which are of the processes that hold them. Throws std::logic_error for a table that cannot
/// be carried: without a key, or with a column that is neither whole number nor text.
std::vector<Table> tables_of(Connection& sqlite);

/// The last id given in each table that numbers its rows, 0 before the first.
std::map<std::string, std::int64_t> last_ids(Connection& connection, const std::vector<Table>& tables);

/// Calls `row` with each row's columns. SQLite: as one statement. MariaDB, whose driver keeps an answer whole in
/// memory: in pages by key, so that only a transaction sees one state. `row` must not use the connection.
void each_row(Connection& connection, const Table& table, const Connection::Row& row);

std::int64_t row_count(Connection& connection, const Table& table);

/// Adds rows, many at a time.
class RowWriter {
 public:
  RowWriter(SociConnection& connection, const Table& table);
  void add(std::span<const Cell> row);
  /// What is left. Nothing is written by destroying it.
  void flush();

 private:
  void write(std::string_view sql, std::span<const Cell> cells);

  SociConnection& connection_;
  const Table& table_;
  const std::size_t at_once_;
  std::string many_;
  std::string one_;
  std::vector<Cell> cells_;        // of the rows that wait
  std::deque<std::string> texts_;  // theirs
  std::size_t bytes_ = 0;
};

/// A number of 256 bits that two tables share when they have the same rows, in whatever order: the sum of the rows'
/// SHA-256. Guards against damage and slips; the file it is written in is guarded otherwise.
class RowsDigest {
 public:
  void add(const Table& table, std::span<const Cell> row);
  std::int64_t rows() const { return rows_; }
  std::string hex() const;

 private:
  std::array<std::uint64_t, 4> sum_{};
  std::int64_t rows_ = 0;
  std::string buffer_;
};

}  // namespace dontgoback::storage
