#pragma once

#include <soci/soci.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/storage/connection.hpp"

namespace dontgoback::storage {

/// A prepared statement with the buffers its parameters and columns are bound to, which later runs use again.
/// Not movable: the driver keeps the buffers' addresses.
class Statement {
 public:
  /// Types of parameters and columns are those of this first call. Throws soci::soci_error.
  Statement(soci::session& session, std::string_view sql, std::span<const Value> parameters,
            std::span<const ColumnType> columns);
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Whether it can be run with these: NULL fits every type.
  bool fits(std::span<const Value> parameters, std::span<const ColumnType> columns) const;

  /// Executes it and hands over row by row. Throws soci::soci_error, or what `row` throws. Afterwards, in either case,
  /// it may hold an open cursor, which the connection must close.
  void run(std::span<const Value> parameters, const Connection::Row& row);

  soci::statement& handle() { return statement_; }
  std::size_t parameter_count() const { return parameters_.size(); }
  std::size_t column_count() const { return columns_.size(); }

 private:
  struct Slot {
    ColumnType type = ColumnType::integer;
    soci::indicator indicator = soci::i_ok;
    long long integer = 0;
    std::string text;
  };

  void bind(std::span<const Value> parameters);
  void read_cells();
  void release_large_buffers();

  std::vector<Slot> parameters_;
  std::vector<Slot> columns_;
  std::vector<Cell> cells_;
  soci::statement statement_;
};

}  // namespace dontgoback::storage
