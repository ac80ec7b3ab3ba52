#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/databases.hpp"
#include "things.hpp"

// What is told when a transaction is committed.

using namespace dontgoback;
using namespace dontgoback::storage;
using namespace dontgoback::test;

TEST_CASE("what a write has to tell is told after its commit, once, and not when it is undone") {
  for_each_database(things(), [](Database& database) {
    std::vector<std::string> told;
    database.tell_notices_to([&](std::string_view topic, std::string_view message) {
      told.push_back(std::string(topic) + "=" + std::string(message) + " of " + std::to_string(count_things(database)));
    });
    database.write([&](Connection& connection) {
      connection.notify("a", "1");
      connection.execute("INSERT INTO things (number) VALUES (1)");
      connection.notify("b", "");
      connection.notify("a", "1");
      CHECK(told.empty());
    });
    CHECK(told == std::vector<std::string>{"a=1 of 1", "b= of 1"});
    told.clear();

    const auto undone = [](Connection& connection) {
      connection.notify("a", "2");
      throw std::domain_error("no");
    };
    CHECK_THROWS_AS(database.write(undone), std::domain_error);
    database.read([](Connection& connection) { connection.notify("a", "3"); });
    insert_thing(database, 2);
    CHECK(told.empty());

    database.tell_notices_to([](std::string_view, std::string_view) { throw std::runtime_error("away"); });
    database.write([](Connection& connection) { connection.notify("a", "4"); });
  });
}
