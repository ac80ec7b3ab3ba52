#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "dontgoback/storage/planned.hpp"
#include "integration/plans/statistics.hpp"
#include "storage/host_database.hpp"
#include "support/auth/auth_node.hpp"
#include "support/core/world.hpp"
#include "walk/module.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using storage::Dialect;
using storage::Planned;

namespace {

storage::Migrations whole_schema() {
  auto schema = core_schema();
  for (const auto& of : {auth::AuthModule().migrations(), walk::WalkModule().migrations()}) {
    schema.insert(schema.end(), of.begin(), of.end());
  }
  return schema;
}

/// The index that a statement names for each of its tables, by what the statement calls them.
std::map<std::string, std::string> named_indexes(const Planned& planned) {
  static const std::regex kNamed(R"((\w+) FORCE INDEX \((\w+)\))");
  const std::string text(planned.in(Dialect::mysql).text());
  std::map<std::string, std::string> named;
  for (std::sregex_iterator found(text.begin(), text.end(), kNamed), end; found != end; ++found) {
    named[(*found)[1]] = (*found)[2];
  }
  return named;
}

/// Something for each parameter, of its column's type, and so that ranges are some: one that cannot hold anything has
/// no plan.
std::vector<storage::Value> some_values(std::string_view sql) {
  static const std::regex kParameter(R"(:(\w+))");
  static const std::set<std::string> kEnds{"before", "until", "until_at", "last", "latest", "bound", "limit", "size"};
  static const std::map<std::string, std::string> kTexts{
      {"topic", "mail"}, {"browser", "1"}, {"email", "1"}, {"needle", "x"}};
  const std::string text(sql);
  std::vector<storage::Value> values;
  for (std::sregex_iterator found(text.begin(), text.end(), kParameter), end; found != end; ++found) {
    const auto name = (*found)[1].str();
    const auto text_of = kTexts.find(name);
    values.push_back(text_of != kTexts.end() ? storage::Value(text_of->second)
                                             : storage::Value(kEnds.contains(name) ? 500 : 1));
  }
  return values;
}

struct Step {
  std::string table, how, key, extra;
};

std::vector<Step> mysql_plan(storage::Connection& connection, const storage::Sql& sql) {
  using enum storage::ColumnType;
  constexpr std::array kColumns{text, text, text, text, text, text, text, text, text, text};
  std::vector<Step> steps;
  connection.run("EXPLAIN " + std::string(sql.text()), some_values(sql.text()), kColumns,
                 [&steps](std::span<const storage::Cell> row) {
                   const auto at = [row](std::size_t column) { return std::string(row[column].text); };
                   steps.push_back({at(2), at(3), at(5), at(9)});
                 });
  return steps;
}

std::vector<std::string> sqlite_lines(storage::Connection& connection, const storage::Sql& sql) {
  using enum storage::ColumnType;
  constexpr std::array kColumns{integer, integer, integer, text};
  std::vector<std::string> lines;
  connection.run("EXPLAIN QUERY PLAN " + std::string(sql.text()), some_values(sql.text()), kColumns,
                 [&lines](std::span<const storage::Cell> row) { lines.emplace_back(row[3].text); });
  return lines;
}

/// A DELETE takes a named index on MariaDB only as one of several tables; there a range is read from the table itself
/// all the same where that is said to be smaller than the range. It then costs a slice of a purge the table.
bool is_small_purge(const Planned& planned, Told told) {
  return planned.in(Dialect::mysql).text().starts_with("DELETE") && (told == Told::all_tiny || told == Told::tiny_rows);
}

void check_mysql(storage::Connection& connection, const Planned& planned, Told told) {
  const auto named = named_indexes(planned);
  std::set<std::string> seen;
  for (const auto& step : mysql_plan(connection, planned.in(Dialect::mysql))) {
    INFO(step.table << ": " << step.how << " by '" << step.key << "', " << step.extra);
    for (const auto* bad : {"filesort", "temporary", "join buffer"}) {
      CHECK_THAT(step.extra, !Catch::Contains(bad));
    }
    // What was made of a few rows, or of values.
    if (step.table.starts_with("<") || step.table.empty()) {
      CHECK_THAT(step.extra, !Catch::Contains("mpossible") && !Catch::Contains("no matching"));
      continue;
    }
    REQUIRE(named.contains(step.table));
    seen.insert(step.table);
    if (is_small_purge(planned, told)) continue;
    CHECK(step.how != "ALL");
    CHECK(step.how != "index");
    CHECK(step.key == named.at(step.table));
  }
  CHECK(seen.size() == named.size());
}

void check_sqlite(storage::Connection& connection, const Planned& planned) {
  auto named = named_indexes(planned);
  static const std::regex kSearch(
      R"(SEARCH (\w+)( EXISTS)? USING (COVERING INDEX|INDEX|INTEGER PRIMARY KEY|PRIMARY KEY) ?(\w*).*)");
  for (const auto& line : sqlite_lines(connection, planned.in(Dialect::sqlite))) {
    INFO(line);
    CHECK_THAT(line, !Catch::Contains("TEMP B-TREE") && !Catch::Contains("AUTOMATIC") && !Catch::Contains("BLOOM"));
    std::smatch search;
    if (!std::regex_match(line, search, kSearch)) {
      // Values, or what was made of a few rows.
      const auto table = line.substr(line.find(' ') + 1, line.find(' ', line.find(' ') + 1) - line.find(' ') - 1);
      if (line.starts_with("SCAN") || line.starts_with("SEARCH")) CHECK_FALSE(named.contains(table));
      continue;
    }
    REQUIRE(named.contains(search[1]));
    // The tables' own keys are called so: an index that has no name in the schema.
    const bool by_primary = search[3].str().ends_with("PRIMARY KEY") || search[4].str().starts_with("sqlite_autoindex");
    CHECK((by_primary ? "PRIMARY" : search[4].str()) == named.at(search[1]));
    named.erase(search[1]);
  }
  CHECK(named.empty());
}

}  // namespace

TEST_CASE("Each list and each job's slice is read as its plan says, whatever the statistics say") {
  const auto dialect = ON_EACH_DATABASE();
  FreshDatabase fresh(dialect, whole_schema());
  fresh->write([](storage::Connection& connection) { fill(connection); });
  for (const auto told : kAllTold) {
    dynamic_cast<storage::HostDatabase&>(*fresh).alone([told](storage::Connection& c) { tell(c, told); });
    const auto anew = storage::open_database({.url = fresh.url()});
    const auto explain = [&](storage::Connection& connection) {
      // What foreign keys do is no part of a plan.
      if (dialect == Dialect::sqlite) connection.execute("PRAGMA foreign_keys = OFF");
      for (const auto* planned : Planned::all()) {
        INFO(planned->name() << ", told " << static_cast<int>(told) << ": " << planned->in(dialect).text());
        dialect == Dialect::sqlite ? check_sqlite(connection, *planned) : check_mysql(connection, *planned, told);
      }
    };
    // MariaDB does not explain changes to who may only read.
    dialect == Dialect::sqlite ? anew->read(explain) : anew->write(explain);
  }
}

TEST_CASE("Planned statements have names of their own, which a metric can carry") {
  std::set<std::string_view> names;
  for (const auto* planned : Planned::all()) {
    INFO(planned->name());
    CHECK(names.insert(planned->name()).second);
    CHECK(planned->name().find_first_not_of("abcdefghijklmnopqrstuvwxyz-/") == std::string_view::npos);
  }
  for (const auto* list :
       {"feed/page", "feed/page-of-author", "feed/page-of-author-and-type", "feed/comments", "feed/comment-threads",
        "feed/replies", "assets/history", "accounts/list", "assets/due", "sessions/purge", "outbox/due"}) {
    INFO(list);
    CHECK(names.contains(list));
  }
}
