#include "core/feed/feed.hpp"
#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

TEST_CASE("What was turned away before there were versions of it is turned away still") {
  const auto dialect = ON_EACH_DATABASE();
  const FreshDatabase fresh(dialect, core_schema_before(25));
  const auto write = [&](const std::string& sql) { fresh->write([&](storage::Connection& c) { c.execute(sql); }); };
  for (int id = 1; id <= 5; ++id) {
    write("INSERT INTO accounts (id, role, status, amount, multiplier, amount_day, created_at, last_seen_at) VALUES (" +
          std::to_string(id) + ", 1, 0, 1, 1, 1, 1, 1)");
  }
  write(
      "INSERT INTO posts (id, user_id, author, author_type, content, created_at, updated_at) VALUES (7, 1, '1', 1, "
      "'x', 1, 1)");
  write(
      "INSERT INTO relations (user_id, other_id, kind, created_at) VALUES (1, 2, 1, 1), (2, 1, 2, 1), (1, 3, 3, 1), "
      "(1, 2, 3, 1)");
  write("INSERT INTO hidden_words (user_id, words, folded) VALUES (1, 'Coin', 'coin'), (3, 'Coin', 'coin')");
  write("INSERT INTO hidden_posts (user_id, post_id) VALUES (1, 7), (4, 7)");
  storage::migrate(*fresh, core_schema());
  const core::feed::Readers readers;
  const auto find = [&](int user) {
    return fresh->read([&](storage::Connection& c) { return readers.find(c, UserId{user}); });
  };
  const auto one = find(1);
  REQUIRE(one.away);
  CHECK(one.away->people == std::vector{UserId{2}, UserId{3}});
  CHECK(one.away->posts == std::vector{core::feed::PostId{7}});
  CHECK(one.away->words.hides("coins"));
  REQUIRE(find(2).away);
  CHECK(find(2).away->people == std::vector{UserId{1}});
  REQUIRE(find(3).away);
  CHECK(find(3).away->words.hides("coins"));
  REQUIRE(find(4).away);
  CHECK(find(4).skips_post({7}, UserId{1}));
  CHECK_FALSE(find(5).away);
}
