#include <catch2/catch.hpp>
#include <optional>
#include <string>

#include "dontgoback/id.hpp"
#include "dontgoback/money.hpp"
#include "support/databases.hpp"
#include "things.hpp"

using namespace dontgoback;
using namespace dontgoback::storage;
using namespace dontgoback::test;

namespace {

/// A type that says itself how it lies in a column, as text.
struct Colour {
  std::string name;
};

}  // namespace

template <>
struct dontgoback::storage::Stored<Colour> {
  using Column = std::string_view;
  static std::string_view to_column(const Colour& colour) { return colour.name; }
  static Colour from_column(std::string_view name) { return {std::string(name)}; }
};

TEST_CASE("types of the domain are parameters and columns") {
  for_each_database(things(), [](Database& database) {
    const auto found = database.write([](Connection& connection) {
      const std::optional<Colour> none;
      connection.execute("INSERT INTO things (id, number, name) VALUES (:id, :number, :name)", UserId{7},
                         std::optional(Won{12}), Colour{"빨강"});
      connection.execute("INSERT INTO things (id, number, name) VALUES (8, :number, :name)", Won{12}, none);
      return connection.one<UserId, Won, Colour>("SELECT id, number, name FROM things WHERE name = :name",
                                                 Colour{"빨강"});
    });
    const auto& [id, won, colour] = found.value();
    CHECK(id == UserId{7});
    CHECK(won == Won{12});
    CHECK(colour.name == "빨강");
    database.read([](Connection& connection) {
      const auto empty = connection.one<std::optional<Colour>>("SELECT name FROM things WHERE id = 8");
      CHECK_FALSE(std::get<0>(empty.value()));
    });
  });
}
