#include "dontgoback/config/table.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <sstream>

using namespace dontgoback::config;

namespace {

Table one_of(std::string name) {
  Table table({"id", "name", "good", "nobody"});
  table.add({7, std::move(name), true, Table::Cell()});
  return table;
}

template <class... Words>
std::string row_of(const Table& table, bool json, Words... words) {
  std::ostringstream out;
  table.print_row(out, json, words...);
  return out.str();
}

}  // namespace

TEST_CASE("rows are columns for people, and an array of objects") {
  Table table({"id", "name"});
  std::ostringstream none;
  table.print(none, true);
  CHECK(none.str() == "[]\n");
  table.add({1, std::string("one")});
  table.add({1000, std::string()});
  std::ostringstream people;
  table.print(people, false);
  CHECK(people.str() == "id    name\n1     one\n1000  -\n");
  std::ostringstream json;
  table.print(json, true);
  CHECK(json.str() == R"([{"id":1,"name":"one"},{"id":1000,"name":""}])"
                      "\n");
}

TEST_CASE("one row is a line for each column, a sentence, or an object") {
  const auto table = one_of("a \"b\"");
  const auto* const object = R"({"id":7,"name":"a \"b\"","good":true,"nobody":null})"
                             "\n";
  CHECK(row_of(table, false) == "id      7\nname    a \"b\"\ngood    yes\nnobody  -\n");
  CHECK(row_of(table, true) == object);
  CHECK(row_of(table, false, "all is well") == "all is well\n");
  CHECK(row_of(table, true, "all is well") == object);
}

TEST_CASE("a table in a row stands below it, and in the object is an array") {
  const auto points = std::make_shared<Table>(std::vector<std::string_view>{"date", "amount"});
  points->add({std::string("2026-11-20"), 5});
  points->add({std::string("2026-11-21"), 50});
  Table table({"points", "id"});
  table.add({points, 7});
  CHECK(row_of(table, false) == "id  7\n\ndate        amount\n2026-11-20  5\n2026-11-21  50\n");
  CHECK(row_of(table, true) ==
        R"({"points":[{"date":"2026-11-20","amount":5},{"date":"2026-11-21","amount":50}],"id":7})"
        "\n");
}
