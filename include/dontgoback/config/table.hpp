#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace dontgoback::config {

/// A command's answer: columns for people, or a JSON array of objects.
class Table {
 public:
  using Cell = std::variant<std::monostate, bool, std::int64_t, std::string>;

  /// The names are literals; they are the objects' members.
  explicit Table(std::vector<std::string_view> columns) : columns_(std::move(columns)) {}
  void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }
  void print(std::ostream& out, bool json) const;
  /// The one row there is: a line for each column, or a JSON object.
  void print_row(std::ostream& out, bool json) const;

 private:
  std::vector<std::string_view> columns_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace dontgoback::config
