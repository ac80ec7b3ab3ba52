#include "rules_store.hpp"

#include "dontgoback/text/parts.hpp"

namespace dontgoback::core::moderation {
namespace {

using storage::Connection;
using storage::Dialect;

constexpr std::string_view kRules =
    "SELECT version, words, newcomer_hours, newcomer_links FROM moderation_rules WHERE id = 1";

Rules read(Connection& connection, std::string_view sql) {
  Rules rules;
  connection.each(sql, storage::args(), [&rules](std::int64_t version, std::string_view words, int hours, int links) {
    rules.version = version;
    rules.newcomer_hours = hours;
    rules.newcomer_links = static_cast<Links>(links);
    while (!words.empty()) rules.words.emplace_back(text::take(words, '\n'));
  });
  return rules;
}

}  // namespace

std::chrono::hours newcomer_hours(Connection& connection) {
  const auto row = connection.one<int>("SELECT newcomer_hours FROM moderation_rules WHERE id = 1");
  return std::chrono::hours(row ? std::get<0>(*row) : Rules{}.newcomer_hours);
}

Rules read_rules(Connection& connection) { return read(connection, kRules); }

Rules hold_rules(Connection& connection) {
  static const std::string kHeld = std::string(kRules) + " FOR UPDATE";
  const bool sqlite = connection.dialect() == Dialect::sqlite;
  const Rules first;
  connection.execute(sqlite ? "INSERT OR IGNORE INTO moderation_rules (id, version, words, newcomer_hours, "
                              "newcomer_links) VALUES (1, 0, '', :hours, :links)"
                            : "INSERT IGNORE INTO moderation_rules (id, version, words, newcomer_hours, "
                              "newcomer_links) VALUES (1, 0, '', :hours, :links)",
                     first.newcomer_hours, static_cast<int>(first.newcomer_links));
  return read(connection, sqlite ? kRules : std::string_view(kHeld));
}

void write_rules(Connection& connection, const Rules& rules) {
  std::string words;
  for (const auto& word : rules.words) words.append(words.empty() ? "" : "\n").append(word);
  connection.execute(
      "UPDATE moderation_rules SET version = version + 1, words = :words, newcomer_hours = :hours, newcomer_links = "
      ":links WHERE id = 1",
      words, rules.newcomer_hours, static_cast<int>(rules.newcomer_links));
}

}  // namespace dontgoback::core::moderation
