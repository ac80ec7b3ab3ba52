#include "migration_script.hpp"

#include <cstdint>

namespace dontgoback::storage {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

std::string_view trimmed_end(std::string_view text) { return text.substr(0, text.find_last_not_of(kBlank) + 1); }

/// The line without its comment. `in_quotes` goes on from line to line.
std::string_view without_comment(std::string_view line, bool& in_quotes) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\'') in_quotes = !in_quotes;
    if (!in_quotes && line.substr(i).starts_with("--")) return line.substr(0, i);
  }
  return line;
}

}  // namespace

std::vector<std::string> split_statements(std::string_view sql) {
  std::vector<std::string> statements;
  std::string current;
  bool in_quotes = false;
  const auto finish = [&] {
    current.resize(trimmed_end(current).size());
    if (!current.empty()) statements.push_back(std::move(current));
    current.clear();
  };
  while (!sql.empty()) {
    const auto end = std::min(sql.find('\n'), sql.size());
    auto line = without_comment(sql.substr(0, end), in_quotes);
    if (!in_quotes) line = trimmed_end(line);
    sql.remove_prefix(std::min(end + 1, sql.size()));
    const bool is_last = !in_quotes && line.ends_with(';');
    if (is_last) line.remove_suffix(1);
    if (!line.empty() || in_quotes) current.append(line).append("\n");
    if (is_last) finish();
  }
  finish();
  return statements;
}

std::string checksum(std::string_view sql) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : sql) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  std::string text(16, '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, hash >>= 4) *digit = "0123456789abcdef"[hash & 15];
  return text;
}

}  // namespace dontgoback::storage
