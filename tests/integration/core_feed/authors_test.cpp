
#include "core/feed/feed.hpp"
#include "support/core/feed_talk.hpp"
#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::core;
using namespace dontgoback::test;

namespace {

std::vector<UserId> authors(World& world, const std::vector<UserId>& asked) {
  return world.database.read([&](storage::Connection& c) { return feed::authors_among(c, asked); });
}

std::vector<UserId> ids_from(UserId first, std::size_t count) {
  std::vector<UserId> ids(count);
  for (std::size_t i = 0; i < count; ++i) ids[i] = UserId{first.value + static_cast<std::int64_t>(i)};
  return ids;
}

}  // namespace

TEST_CASE("Who has a post or a comment is found, deleted ones included, however many are asked about") {
  World world(ON_EACH_DATABASE());
  const auto first = world.node.create_user();
  const auto silent = world.node.create_user();
  const auto second = world.node.create_user();
  auto poster = world.node.signed_in(first);
  auto commenter = world.node.signed_in(second);
  const auto post = write_post(poster);
  write_comment(commenter, post);
  world.execute("UPDATE posts SET deleted_at = 1");

  CHECK(authors(world, {}).empty());
  CHECK(authors(world, {silent}).empty());
  CHECK(authors(world, {first}) == std::vector{first});
  CHECK(authors(world, {first, silent, second}) == std::vector{first, second});
  CHECK(authors(world, ids_from(first, 250)) == std::vector{first, second});
}

TEST_CASE("MariaDB looks authors up by their index, also with the statistics of an empty table") {
  World world(storage::Dialect::mysql);
  const auto author = world.node.create_user();
  auto browser = world.node.signed_in(author);
  const auto post = write_post(browser);
  write_comment(browser, post);
  world.execute("ANALYZE TABLE posts PERSISTENT FOR ALL, comments PERSISTENT FOR ALL");
  constexpr int kRows = 4096;
  const auto by_author = " FROM seq_1_to_" + std::to_string(kRows);
  const auto id = std::to_string(author.value);
  world.execute("INSERT INTO posts (user_id, author, author_type, content, created_at, updated_at) SELECT " + id +
                ", 'a', 0, 'text', 0, 0" + by_author);
  world.execute(
      "INSERT INTO comments (post_id, user_id, author, author_type, content, created_at, updated_at) SELECT " + post +
      ", " + id + ", 'a', 0, 'text', 0, 0" + by_author);

  const auto asked = ids_from(UserId{author.value + 1000}, 100);
  const auto read_rows = [](storage::Connection& c) {
    return std::get<0>(c.one<std::int64_t>("SELECT CAST(SUM(VARIABLE_VALUE) AS SIGNED) FROM "
                                           "information_schema.SESSION_STATUS WHERE VARIABLE_NAME LIKE 'HANDLER_READ%'")
                           .value());
  };
  world.database.write([&](storage::Connection& c) {
    const auto before = read_rows(c);
    const auto of_the_question = read_rows(c) - before;
    const auto start = read_rows(c);
    CHECK(feed::authors_among(c, asked).empty());
    CHECK(read_rows(c) - start - of_the_question < kRows / 4);
  });
}
