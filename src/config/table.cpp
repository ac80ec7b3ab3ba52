#include "dontgoback/config/table.hpp"

#include <algorithm>
#include <ostream>

#include "dontgoback/json/writer.hpp"

namespace dontgoback::config {
namespace {

std::string shown(const Table::Cell& cell) {
  if (const auto* yes = std::get_if<bool>(&cell)) return *yes ? "yes" : "no";
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
  if (const auto* text = std::get_if<std::string>(&cell); text != nullptr && !text->empty()) return *text;
  return "-";
}

void write(json::Writer& writer, const Table::Cell& cell) {
  if (const auto* yes = std::get_if<bool>(&cell)) return writer.value(*yes);
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return writer.value(*number);
  if (const auto* text = std::get_if<std::string>(&cell)) return writer.value(*text);
  writer.null();
}

void write(json::Writer& writer, const std::vector<std::string_view>& columns, const std::vector<Table::Cell>& row) {
  writer.begin_object();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    writer.key(columns[i]);
    write(writer, row[i]);
  }
  writer.end_object();
}

}  // namespace

void Table::print_row(std::ostream& out, bool json) const {
  const auto& row = rows_.front();
  if (json) {
    std::string text;
    json::Writer writer(text);
    write(writer, columns_, row);
    out << text << '\n';
    return;
  }
  std::size_t width = 0;
  for (const auto column : columns_) width = std::max(width, column.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    out << columns_[i] << std::string(width - columns_[i].size() + 2, ' ') << shown(row[i]) << '\n';
  }
}

void Table::print(std::ostream& out, bool json) const {
  if (json) {
    std::string text;
    json::Writer writer(text);
    writer.begin_array();
    for (const auto& row : rows_) write(writer, columns_, row);
    writer.end_array();
    out << text << '\n';
    return;
  }
  std::vector<std::vector<std::string>> lines{{columns_.begin(), columns_.end()}};
  for (const auto& row : rows_) std::transform(row.begin(), row.end(), std::back_inserter(lines.emplace_back()), shown);
  std::vector<std::size_t> widths(columns_.size());
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
  }
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      const bool last = i + 1 == line.size();
      out << line[i] << (last ? "\n" : std::string(widths[i] - line[i].size() + 2, ' '));
    }
  }
}

}  // namespace dontgoback::config
