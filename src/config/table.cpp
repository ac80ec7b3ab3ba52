#include "dontgoback/config/table.hpp"

#include <algorithm>
#include <ostream>

#include "dontgoback/json/writer.hpp"

namespace dontgoback::config {
namespace {

const Table* nested(const Table::Cell& cell) {
  const auto* table = std::get_if<std::shared_ptr<const Table>>(&cell);
  return table == nullptr ? nullptr : table->get();
}

std::string shown(const Table::Cell& cell) {
  if (const auto* yes = std::get_if<bool>(&cell)) return *yes ? "yes" : "no";
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
  if (const auto* text = std::get_if<std::string>(&cell); text != nullptr && !text->empty()) return *text;
  return "-";
}

}  // namespace

void Table::write(json::Writer& writer, const Cell& cell) {
  if (const auto* yes = std::get_if<bool>(&cell)) return writer.value(*yes);
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return writer.value(*number);
  if (const auto* text = std::get_if<std::string>(&cell)) return writer.value(*text);
  if (const auto* table = nested(cell)) return table->write(writer);
  writer.null();
}

void Table::write(json::Writer& writer) const {
  writer.begin_array();
  for (const auto& row : rows_) write(writer, row);
  writer.end_array();
}

void Table::write(json::Writer& writer, const std::vector<Cell>& row) const {
  writer.begin_object();
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    writer.key(columns_[i]);
    write(writer, row[i]);
  }
  writer.end_object();
}

void Table::print_row(std::ostream& out, bool json) const {
  const auto& row = rows_.front();
  std::size_t width = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (nested(row[i]) == nullptr) width = std::max(width, columns_[i].size());
  }
  std::string words;
  std::string below;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (const auto* table = nested(row[i])) {
      below.append("\n").append(table->text());
    } else {
      words.append(columns_[i]).append(width - columns_[i].size() + 2, ' ').append(shown(row[i])).push_back('\n');
    }
  }
  words += below;
  words.pop_back();  // the last line break, which is added again
  print_row(out, json, words);
}

void Table::print_row(std::ostream& out, bool json, std::string_view words) const {
  if (!json) {
    out << words << '\n';
    return;
  }
  std::string text;
  json::Writer writer(text);
  write(writer, rows_.front());
  out << text << '\n';
}

void Table::print(std::ostream& out, bool json) const {
  if (!json) {
    out << text();
    return;
  }
  std::string text;
  json::Writer writer(text);
  write(writer);
  out << text << '\n';
}

std::string Table::text() const {
  std::vector<std::vector<std::string>> lines{{columns_.begin(), columns_.end()}};
  for (const auto& row : rows_) std::transform(row.begin(), row.end(), std::back_inserter(lines.emplace_back()), shown);
  std::vector<std::size_t> widths(columns_.size());
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
  }
  std::string text;
  for (const auto& line : lines) {
    for (std::size_t i = 0; i + 1 < line.size(); ++i) text.append(line[i]).append(widths[i] - line[i].size() + 2, ' ');
    text.append(line.back()).push_back('\n');
  }
  return text;
}

}  // namespace dontgoback::config
