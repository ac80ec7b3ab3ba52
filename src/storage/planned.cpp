#include "dontgoback/storage/planned.hpp"

#include <utility>

namespace dontgoback::storage {
namespace {

constexpr std::string_view kPrimary = "PRIMARY";
constexpr std::string_view kJoin = "CROSS JOIN";
constexpr std::string_view kDelete = "DELETE FROM ";

std::string in_sqlite(std::string_view text) {
  std::string sql;
  for (auto brace = text.find('{'); brace != std::string_view::npos; brace = text.find('{')) {
    const auto index = text.substr(brace + 1, text.find('}') - brace - 1);
    if (index == kPrimary) {
      sql += text.substr(0, brace - 1);
    } else {
      sql.append(text.substr(0, brace)).append("INDEXED BY ").append(index);
    }
    text.remove_prefix(brace + index.size() + 2);
  }
  return sql.append(text);
}

std::string in_mysql(std::string_view text) {
  std::string sql(text);
  // A DELETE of one table takes no index; one of several does, and may be of one.
  if (text.starts_with(kDelete)) {
    const auto table = text.substr(kDelete.size(), text.find(' ', kDelete.size()) - kDelete.size());
    sql.insert(kDelete.find(' ') + 1, std::string(table) + " ");
  }
  for (auto join = sql.find(kJoin); join != std::string::npos; join = sql.find(kJoin)) {
    sql.replace(join, kJoin.size(), "STRAIGHT_JOIN");
  }
  for (auto brace = sql.find('{'); brace != std::string::npos; brace = sql.find('{')) {
    sql.replace(sql.find('}'), 1, ")");
    sql.replace(brace, 1, "FORCE INDEX (");
  }
  return sql;
}

}  // namespace

Planned::Planned(std::string_view name, std::string_view text, const char* file, int line)
    : name_(name),
      sqlite_(in_sqlite(text)),
      mysql_(in_mysql(text)),
      file_(file),
      line_(line),
      previous_(std::exchange(last_, this)) {}

std::vector<const Planned*> Planned::all() {
  std::vector<const Planned*> all;
  for (const auto* planned = last_; planned != nullptr; planned = planned->previous_) all.push_back(planned);
  return all;
}

}  // namespace dontgoback::storage
