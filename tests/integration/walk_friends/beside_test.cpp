// Two who act at the same moment, as on two nodes.
#include <thread>

#include "friends_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

using Act = std::function<int()>;

void at_once(const Act& one, const Act& other) {
  int first = 0, second = 0;
  std::thread beside([&] { first = one(); });
  second = other();
  beside.join();
  for (const auto status : {first, second}) CHECK((status < 300 || status == 404 || status == 409));
}

}  // namespace

TEST_CASE("Whatever two do at once to each other, both their rows say the same afterwards") {
  Friends f(ON_EACH_DATABASE());
  const auto& ann = f.ann;
  const auto& bob = f.bob;
  const std::vector<std::pair<Act, Act>> pairs{
      {[&] { return f.ask(ann, bob).status; }, [&] { return f.ask(bob, ann).status; }},
      {[&] { return f.accept(bob, ann); }, [&] { return f.decline(ann, bob); }},
      {[&] { return f.accept(bob, ann); }, [&] { return f.block(ann, bob); }},
      {[&] { return f.accept(bob, ann); }, [&] { return f.accept(bob, ann); }},
      {[&] { return f.block(bob, ann); }, [&] { return f.block(ann, bob); }},
      {[&] { return f.remove(bob, ann); }, [&] { return f.ask(ann, bob).status; }},
      {[&] { return f.unblock(bob, ann); }, [&] { return f.ask(ann, bob).status; }},
  };
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    for (const auto* before : {"nothing", "asked", "friends", "blocked"}) {
      for (int round = 0; round < 3; ++round) {
        f.world.execute("DELETE FROM friendships");
        f.world.clock.advance(std::chrono::hours(1));  // nobody asks too often
        CAPTURE(i, before, round);
        const std::string_view what(before);
        const auto set = [&](WalkerId one, WalkerId other, int kind) {
          f.world.execute("INSERT INTO friendships (walker_id, other_id, kind, since) VALUES (" +
                          std::to_string(one.value) + ", " + std::to_string(other.value) + ", " + std::to_string(kind) +
                          ", 0)");
        };
        if (what == "asked") set(ann.id, bob.id, 1), set(bob.id, ann.id, 2);
        if (what == "friends") set(ann.id, bob.id, 3), set(bob.id, ann.id, 3);
        if (what == "blocked") set(bob.id, ann.id, 4);
        at_once(pairs[i].first, pairs[i].second);
        CHECK(f.both_sides_agree());
      }
    }
  }
}

TEST_CASE("Of many who say yes at once to who has one place left, one becomes the five hundredth friend") {
  Friends f(storage::Dialect::mysql);
  std::vector<WalkWorld::Walker> others;
  for (int i = 0; i < 8; ++i) {
    others.push_back(f.world.walker("w" + std::to_string(i)));
    REQUIRE(f.ask(f.ann, others.back()).status == 201);
  }
  f.world.execute(
      "INSERT INTO walkers (uuid, nickname, renamed_at, status, status_at, offset_minutes, created_at) WITH RECURSIVE "
      "n "
      "(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 499) SELECT 1000000000000000 + i, '', 0, 0, 0, 0, 0 "
      "FROM "
      "n");
  f.world.execute("INSERT INTO friendships (walker_id, other_id, kind, since) SELECT " +
                  std::to_string(f.ann.id.value) + ", id, 3, 0 FROM walkers WHERE nickname = ''");
  std::vector<std::thread> threads;
  std::atomic<int> accepted{0};
  for (const auto& other : others) {
    threads.emplace_back([&] { accepted += f.accept(other, f.ann) == 200 ? 1 : 0; });
  }
  for (auto& thread : threads) thread.join();
  CHECK(accepted == 1);
}
