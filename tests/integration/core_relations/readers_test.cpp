// What readers turn away is remembered, and what changes of it counts at once at every node.
#include <random>

#include "core/relations/store.hpp"
#include "integration/core_relations/relations_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using core::feed::Readers;

namespace {

/// What one node knows of a reader.
struct Known {
  std::vector<UserId> people;
  std::vector<core::feed::PostId> posts;
  bool hides_coins = false;
  friend bool operator==(const Known&, const Known&) = default;
};

Known known(World& world, const Readers& readers, UserId user) {
  const auto reader = world.database.read([&](storage::Connection& c) { return readers.find(c, user); });
  if (!reader.away) return {};
  REQUIRE_FALSE(reader.asks_each_row());
  return {reader.away->people, reader.away->posts, reader.away->words.hides("코인")};
}

constexpr std::int64_t kManyFrom = 100'000;

/// 6 400 accounts, from that id on: more people than are remembered of one reader.
void put_many(World& world) {
  const std::string eighty =
      "(WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 79) SELECT i FROM n) ";
  world.execute("INSERT INTO accounts (id, role, status, amount, multiplier, amount_day, created_at, last_seen_at) " +
                ("SELECT " + std::to_string(kManyFrom) + " + 80 * a.i + b.i, 1, 0, 1, 1, 1, 1, 1 FROM " + eighty) +
                "a CROSS JOIN " + eighty + "b");
}

}  // namespace

TEST_CASE("Whatever is turned away and taken back counts at once at every node") {
  World world(ON_EACH_DATABASE());
  Circle circle(world);
  const auto other = world.second_node();
  const std::vector<UserId> users{circle.ann_id, circle.bob_id, circle.third_id};
  const Readers here, there;
  std::vector<std::string> posts;
  for (auto* who : {&circle.ann, &circle.bob, &circle.third}) posts.push_back(write_post(*who, "코인"));
  std::mt19937 random(12);  // NOLINT: the same each time
  std::size_t left_out = 0;
  for (int i = 0; i < 120; ++i) {
    const auto who = random() % 3;
    const auto whom = (who + 1 + random() % 2) % 3;
    auto browser = (i % 2 == 0 ? world.node : *other).signed_in(users[who]);
    const auto method = random() % 3 == 0 ? "DELETE" : "PUT";
    const auto what = random() % 4;
    if (what == 3) {
      const auto words = method == std::string_view("PUT") ? R"({"words":["코인"]})" : R"({"words":[]})";
      browser.send("PUT", "/api/v1/hidden-words", words);
    } else {
      const auto path = what == 0   ? "blocks/" + circle.of(users[whom])
                        : what == 1 ? "mutes/" + circle.of(users[whom])
                                    : "feeds/" + posts[whom] + "/hidden";
      browser.send(method, "/api/v1/" + path);
    }
    CAPTURE(i, who, whom, what, method);
    for (const auto user : users) {
      const auto expected = known(world, Readers(), user);
      CHECK(known(world, here, user) == expected);
      if (i % 3 == 0) CHECK(known(world, there, user) == expected);
      auto reader = (i % 2 == 0 ? *other : world.node).signed_in(user);
      const auto seen = circle.feed(reader);
      left_out += 3 - seen.size();
      for (std::size_t each = 0; each < 3; ++each) {
        const core::feed::PostId id{std::stoll(posts[each])};
        const bool wanted = users[each] == user ? !std::ranges::count(expected.posts, id)
                                                : !std::ranges::count(expected.people, users[each]) &&
                                                      !std::ranges::count(expected.posts, id) && !expected.hides_coins;
        CHECK(std::ranges::count(seen, id.value) == (wanted ? 1 : 0));
      }
    }
  }
  CHECK(left_out > 100);
}

TEST_CASE("What becomes of accounts changes what is remembered of others") {
  World world(ON_EACH_DATABASE());
  Circle circle(world);
  const Readers readers;
  auto guest = world.node.guest();
  const UserId guest_id{guest.get("/api/v1/users/me").number("/data/userId")};
  const auto post = write_post(circle.third);
  REQUIRE(circle.put(guest, "blocks/" + circle.of(circle.bob_id)) == 204);
  REQUIRE(circle.put(guest, "feeds/" + post + "/hidden") == 204);
  REQUIRE(guest.send("PUT", "/api/v1/hidden-words", R"({"words":["코인"]})").status == 204);
  REQUIRE(circle.put(circle.third, "mutes/" + circle.of(guest_id)) == 204);
  for (const auto user : {guest_id, circle.ann_id, circle.bob_id, circle.third_id}) known(world, readers, user);
  const auto merges = GENERATE(true, false);
  world.database.write([&](storage::Connection& c) {
    merges ? circle.parts.life_cycle.merge(c, guest_id, circle.ann_id) : circle.parts.life_cycle.remove(c, guest_id);
  });
  for (const auto user : {guest_id, circle.ann_id, circle.bob_id, circle.third_id}) {
    CAPTURE(merges, user.value);
    CHECK(known(world, readers, user) == known(world, Readers(), user));
  }
  const auto ann = known(world, readers, circle.ann_id);
  CHECK(ann.people == (merges ? std::vector{circle.bob_id} : std::vector<UserId>{}));
  CHECK(ann.posts.size() == (merges ? 1 : 0));
  CHECK(ann.hides_coins == merges);
  CHECK(known(world, readers, circle.third_id).people == (merges ? std::vector{circle.ann_id} : std::vector<UserId>{}));
}

TEST_CASE("What was undone is not remembered, though it was read within its transaction") {
  World world(ON_EACH_DATABASE());
  Circle circle(world);
  const Readers readers;
  REQUIRE(circle.put(circle.ann, "mutes/" + circle.of(circle.third_id)) == 204);
  struct Undone {};
  for (int i = 0; i < 3; ++i) {
    CHECK_THROWS_AS(world.database.write([&](storage::Connection& c) {
      core::relations::add(c, circle.ann_id, circle.bob_id, core::relations::Kind::mutes, world.clock.now());
      CHECK(readers.find(c, circle.ann_id).away->people.size() == 2);
      throw Undone{};
    }),
                    Undone);
    CHECK(known(world, readers, circle.ann_id).people == std::vector{circle.third_id});
    REQUIRE(circle.ann.send("PUT", "/api/v1/hidden-words", R"({"words":["코인"]})").status == 204);
    CHECK(known(world, readers, circle.ann_id).people == std::vector{circle.third_id});
  }
}

TEST_CASE("Whom very many block is looked up row by row, in the feed and in searches") {
  World world(ON_EACH_DATABASE());
  Circle circle(world);
  const Readers readers;
  put_many(world);
  const auto hidden = write_post(circle.third, "나무 하나");
  const auto shown = write_post(circle.third, "나무 둘");
  write_post(circle.bob, "나무 셋");
  REQUIRE(circle.put(circle.ann, "mutes/" + circle.of(circle.bob_id)) == 204);
  REQUIRE(circle.put(circle.ann, "feeds/" + hidden + "/hidden") == 204);
  const auto asks_each_row = [&] {
    return world.database.read([&](storage::Connection& c) { return readers.find(c, circle.ann_id).asks_each_row(); });
  };
  const auto found = [&] { return posts_in(circle.ann.get("/api/v1/search/feeds?q=%EB%82%98%EB%AC%B4")); };
  const std::vector<std::int64_t> expected{std::stoll(shown)};
  for (const bool many : {false, true, false}) {
    CAPTURE(many);
    world.execute("DELETE FROM relations WHERE other_id >= " + std::to_string(kManyFrom));
    if (many) {
      world.execute("INSERT INTO relations (user_id, other_id, kind, created_at) SELECT " + circle.of(circle.ann_id) +
                    ", id, 2, 0 FROM accounts WHERE id >= " + std::to_string(kManyFrom));
    }
    world.database.write([&](storage::Connection& c) { core::relations::set_version(c, circle.ann_id); });
    CHECK(asks_each_row() == many);
    CHECK(circle.feed(circle.ann) == expected);
    CHECK(found() == expected);
    REQUIRE(circle.take(circle.ann, "mutes/" + circle.of(circle.bob_id)) == 204);
    CHECK(circle.feed(circle.ann).size() == 2);
    CHECK(found().size() == 2);
    REQUIRE(circle.put(circle.ann, "mutes/" + circle.of(circle.bob_id)) == 204);
  }
}

TEST_CASE("What is remembered of all readers has a bound") {
  World world(storage::Dialect::sqlite);
  const Readers readers;
  put_many(world);
  std::string words = "코인";
  for (int i = 0; i < 99; ++i) words += "\n긴 낱말 긴 낱말 긴 낱말 긴 낱말 긴 낱말 긴 낱말 " + std::to_string(i);
  constexpr int kReaders = 1000;
  world.database.write([&](storage::Connection& c) {
    for (int i = 0; i < kReaders; ++i) core::relations::set_words(c, UserId{kManyFrom + i}, {words, words});
  });
  for (int i = 0; i < kReaders; ++i) CHECK(known(world, readers, UserId{kManyFrom + i}).hides_coins);
  CHECK(readers.remembered() > 100);
  CHECK(readers.remembered() < kReaders / 2);
  CHECK(known(world, readers, UserId{kManyFrom}).hides_coins);
}
