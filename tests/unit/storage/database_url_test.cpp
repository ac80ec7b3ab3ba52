#include "storage/database_url.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

using namespace dontgoback::storage;

namespace {

DatabaseAddress parse(const std::string& url) { return parse_database_url({.url = url, .data_dir = "/var/lib/node"}); }

}  // namespace

TEST_CASE("an SQLite URL names a file") {
  CHECK(std::get<SqliteAddress>(parse("")).file == "/var/lib/node/dontgoback.db");
  CHECK(std::get<SqliteAddress>(parse("sqlite:/data/a b=c.db")).file == "/data/a b=c.db");
  CHECK(std::get<SqliteAddress>(parse("sqlite:x.db")).file == std::filesystem::absolute("x.db"));
  CHECK(std::get<SqliteAddress>(parse("sqlite::memory:")).file == std::filesystem::absolute(":memory:"));
}

TEST_CASE("a MariaDB URL names a server, a user and a database") {
  const auto tcp = std::get<MysqlAddress>(parse("mysql://core@db.example:3307/dontgoback"));
  CHECK(tcp.host == "db.example");
  CHECK(tcp.port == 3307);
  CHECK(tcp.user == "core");
  CHECK(tcp.name == "dontgoback");
  CHECK(tcp.socket.empty());

  CHECK(std::get<MysqlAddress>(parse("mysql://core@db/x")).port == 3306);
  const auto ipv6 = std::get<MysqlAddress>(parse("mysql://core@[::1]:3308/x"));
  CHECK(ipv6.host == "::1");
  CHECK(ipv6.port == 3308);

  const auto socket = std::get<MysqlAddress>(parse("mysql:///x?socket=/run/my%20sql/s&user=a%27b"));
  CHECK(socket.socket == "/run/my sql/s");
  CHECK(socket.user == "a'b");
  CHECK(socket.host.empty());
}

TEST_CASE("a URL that cannot be meant is refused by name, without its password") {
  const auto* const url = GENERATE(
      "dontgoback.db", "sqlite:", "sqlite:a\"b.db", "postgres://u@h/x", "mysql://u@h", "mysql://u@h/", "mysql://h/x",
      "mysql:///x?user=u", "mysql:///x?socket=/s", "mysql://u@h/x?socket=/s", "mysql://u@h:0/x", "mysql://u@h:65536/x",
      "mysql://u@h:x/x", "mysql://u@h/x?charset=latin1", "mysql://u@h/%zz", "mysql://u@h/%00", "mysql://u@[::1/x");
  CAPTURE(url);
  CHECK_THROWS_WITH(parse(url), Catch::Contains(url));
  CHECK_THROWS_AS(parse(url), std::invalid_argument);
}

TEST_CASE("a password in a URL is refused and not repeated") {
  const auto* const url = GENERATE("mysql://u:hunter2@h/x", "mysql://u:hun@ter2@h/x");
  CHECK_THROWS_WITH(parse(url), Catch::Contains("must not hold a password") && !Catch::Contains("ter2"));
}
