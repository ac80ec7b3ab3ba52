#pragma once

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace dontgoback::json {
class Writer;
}

namespace dontgoback::config {

/// A command's answer: columns for people, or a JSON array of objects.
class Table {
 public:
  /// A table in a cell is for `print_row`: people see it below the other lines, JSON has an array of objects.
  using Cell = std::variant<std::monostate, bool, std::int64_t, std::string, std::shared_ptr<const Table>>;

  /// The names are literals; they are the objects' members.
  explicit Table(std::vector<std::string_view> columns) : columns_(std::move(columns)) {}
  void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }
  void print(std::ostream& out, bool json) const;
  /// The one row there is: a line for each column, or a JSON object.
  void print_row(std::ostream& out, bool json) const;
  /// The one row there is: for people a line in words of its own, or a JSON object.
  void print_row(std::ostream& out, bool json, std::string_view words) const;

 private:
  static void write(json::Writer& writer, const Cell& cell);
  void write(json::Writer& writer) const;
  void write(json::Writer& writer, const std::vector<Cell>& row) const;
  std::string text() const;

  std::vector<std::string_view> columns_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace dontgoback::config
