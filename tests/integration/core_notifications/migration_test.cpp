#include <tuple>
#include <vector>

#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

TEST_CASE("Who was told of whom before faces had notices of their own is kept, and told of accounts") {
  const auto dialect = ON_EACH_DATABASE();
  const FreshDatabase fresh(dialect, core_schema_before(23));
  const auto write = [&](const std::string& sql) { fresh->write([&](storage::Connection& c) { c.execute(sql); }); };
  using Row = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t,
                         std::string, std::int64_t>;
  const auto rows = [&] {
    std::vector<Row> found;
    fresh->read([&](storage::Connection& c) {
      c.each(
          "SELECT user_id, kind, feed_id, about, person_id, number, name, created_at FROM notification_people ORDER BY "
          "user_id, number",
          storage::args(),
          [&found](std::int64_t user, std::int64_t kind, std::int64_t post, std::int64_t about, std::int64_t person,
                   std::int64_t number, std::string name, std::int64_t at) {
            found.emplace_back(user, kind, post, about, person, number, std::move(name), at);
          });
    });
    return found;
  };
  for (int id = 1; id <= 30; ++id) {
    write("INSERT INTO accounts (id, role, status, amount, multiplier, amount_day, created_at, last_seen_at) VALUES (" +
          std::to_string(id) + ", 1, 0, 1, 1, 1, 1, 1)");
  }
  for (int id = 1; id <= 30; ++id) {
    const auto text = std::to_string(id);
    write(
        "INSERT INTO notification_people (user_id, kind, feed_id, about, person_id, number, name, created_at) VALUES "
        "(" +
        text + ", 1, 7, 0, " + std::to_string(id % 30 + 1) + ", 1, '나" + text + "', " + text + "), (" + text +
        ", 3, 7, 9, " + std::to_string(id % 30 + 1) + ", 2, '나" + text + "', " + text + ")");
  }
  const auto before = rows();
  REQUIRE(before.size() == 60);
  storage::migrate(*fresh, core_schema());
  CHECK(rows() == before);
  fresh->read([](storage::Connection& c) {
    CHECK(c.one<std::int64_t>("SELECT COUNT(*) FROM notification_people WHERE face = -1") == std::tuple(60));
  });
  // One and the same thing of two faces of a thread are two.
  write(
      "INSERT INTO notification_people (user_id, kind, feed_id, about, person_id, face, number, name, created_at) "
      "VALUES (1, 1, 7, 0, 2, 3, 5, 'x', 1), (1, 1, 7, 0, 2, 4, 6, 'x', 1)");
  CHECK(rows().size() == 62);
}
