#include <catch2/catch.hpp>

#include "auth/issuers/store.hpp"
#include "auth/issuers/watch.hpp"
#include "auth/module.hpp"
#include "support/databases.hpp"

namespace dontgoback::auth {
namespace {

constexpr auto kOne = "https://one.example";
constexpr auto kOther = "https://other.example";

void on_each_database(const std::function<void(storage::Database&)>& body) {
  test::for_each_database(AuthModule().migrations(), body);
}

std::map<std::string, std::int64_t> kept(storage::Database& database) {
  return database.read([](storage::Connection& connection) { return all_issuers(connection); });
}

TEST_CASE("nodes of one issuer have nothing to say, and write nothing after their first look") {
  on_each_database([](storage::Database& database) {
    IssuerWatch one(database, kOne);
    IssuerWatch same(database, kOne);
    one.look();
    const auto after_one = kept(database);
    for (int i = 0; i < 3; ++i) {
      CHECK(one.look() == "all tokens name https://one.example");
      CHECK(same.look() == "all tokens name https://one.example");
    }
    CHECK(kept(database) == after_one);
    CHECK(one.others() + same.others() == 0);
  });
}

TEST_CASE("two nodes of different issuers learn of each other") {
  on_each_database([](storage::Database& database) {
    IssuerWatch one(database, kOne);
    IssuerWatch other(database, kOther);
    one.look();
    other.look();  // finds a name, and does not know yet whether anybody runs under it
    CHECK(other.others() == 0);
    CHECK_THAT(one.look(), Catch::Contains(kOther));  // came while this one runs
    CHECK_THAT(other.look(), Catch::Contains(kOne));
    CHECK(one.others() == 1);
    CHECK(other.others() == 1);
    for (int i = 0; i < 2 * IssuerWatch::kGoneAfter; ++i) {  // and it stays so
      one.look();
      other.look();
    }
    CHECK(one.others() == 1);
    CHECK(other.others() == 1);
  });
}

TEST_CASE("a node whose issuer was changed is alone, and the old name goes") {
  on_each_database([](storage::Database& database) {
    IssuerWatch(database, kOne).look();
    IssuerWatch renamed(database, kOther);
    for (int i = 0; i <= IssuerWatch::kGoneAfter; ++i) {
      CHECK(renamed.look() == "all tokens name https://other.example");
      CHECK(renamed.others() == 0);
    }
    CHECK(kept(database).count(kOne) == 0);
    CHECK(kept(database).count(kOther) == 1);
  });
}

TEST_CASE("one that ends, or takes the other's issuer, is forgotten") {
  on_each_database([](storage::Database& database) {
    IssuerWatch one(database, kOne);
    one.look();
    {
      IssuerWatch other(database, kOther);
      other.look();
      one.look();
      CHECK(one.others() == 1);
    }
    IssuerWatch repaired(database, kOne);
    for (int i = 0; i <= IssuerWatch::kGoneAfter + 1; ++i) {
      one.look();
      repaired.look();
    }
    CHECK(one.others() == 0);
    CHECK(repaired.others() == 0);
    CHECK(kept(database).size() == 1);
  });
}

TEST_CASE("one that looks half as often runs all the same") {
  on_each_database([](storage::Database& database) {
    IssuerWatch one(database, kOne);
    IssuerWatch slow(database, kOther);
    one.look();
    slow.look();
    for (int i = 0; i < IssuerWatch::kGoneAfter + 1; ++i) {
      one.look();
      REQUIRE(one.others() == 1);
      one.look();
      REQUIRE(one.others() == 1);
      slow.look();
      REQUIRE(slow.others() == 1);
    }
    CHECK(kept(database).size() == 2);
  });
}

TEST_CASE("one that was away for as long as it takes to be forgotten is met again at its first look") {
  on_each_database([](storage::Database& database) {
    IssuerWatch one(database, kOne);
    IssuerWatch other(database, kOther);
    one.look();
    other.look();
    one.look();
    REQUIRE(one.others() == 1);
    for (int i = 0; i <= IssuerWatch::kGoneAfter; ++i) one.look();
    REQUIRE(one.others() == 0);
    REQUIRE(kept(database).size() == 1);
    other.look();
    CHECK_THAT(one.look(), Catch::Contains(kOther));
    CHECK(one.others() == 1);
  });
}

TEST_CASE("one that came back since it was looked at is not removed") {
  on_each_database([](storage::Database& database) {
    database.write([](storage::Connection& connection) { beat_issuer(connection, kOther); });
    const auto seen = kept(database).at(kOther);
    database.write([&](storage::Connection& connection) {
      beat_issuer(connection, kOther);
      remove_issuer(connection, kOther, seen);
    });
    REQUIRE(kept(database).count(kOther) == 1);
    database.write([&](storage::Connection& connection) { remove_issuer(connection, kOther, seen + 1); });
    CHECK(kept(database).empty());
  });
}

}  // namespace
}  // namespace dontgoback::auth
