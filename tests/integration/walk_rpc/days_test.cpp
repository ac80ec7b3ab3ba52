// Days of friends as calls ask for them, on both databases: who is shown, and what it costs.
#include "walk/rpc/days.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>

#include "friends/friends.hpp"
#include "support/walk/walk_world.hpp"
#include "walkers/walkers.hpp"

namespace dontgoback::test {
namespace {

using walk::rpc::Calls;
using Walker = WalkWorld::Walker;

constexpr std::size_t kMostStatements = 10;

/// A connection that counts what it is asked to run.
class Counting final : public storage::Connection {
 public:
  explicit Counting(storage::Connection& counted) : counted_(counted) {}
  storage::Dialect dialect() const override { return counted_.dialect(); }
  std::int64_t run(const storage::Sql& sql, std::span<const storage::Value> parameters,
                   std::span<const storage::ColumnType> columns, const Row& row) override {
    ++statements;
    return counted_.run(sql, parameters, columns, row);
  }
  std::int64_t last_insert_id() override { return counted_.last_insert_id(); }

  std::size_t statements = 0;

 private:
  storage::Connection& counted_;
};

/// Ann and who walks beside her.
struct Asked {
  explicit Asked(storage::Dialect dialect)
      : world(dialect, [this](Host& host, const http::Authenticator&) {
          walkers = std::make_unique<walk::walkers::Walkers>(
              host,
              walk::walkers::Settings{.key_file = host.node.data_dir / "walk.key", .providers = {}, .people = nullptr},
              walk::walkers::Subscribers{});
        }) {}
  ~Asked() {
    world.node.stop();
    walkers.reset();
  }

  void befriend(const Walker& one, const Walker& other) {
    for (const auto& [a, b] : {std::pair(one, other), std::pair(other, one)}) {
      world.execute("INSERT INTO friendships (walker_id, other_id, kind, since) VALUES (" + std::to_string(a.id.value) +
                    ", " + std::to_string(b.id.value) + ", 3, 0)");
    }
  }
  Walker friend_of_ann(const std::string& name) {
    const auto made = world.walker(name);
    befriend(ann, made);
    return made;
  }
  void walk(const Walker& who, int total, std::int64_t reached_at, int days_back = 0) {
    world.execute("INSERT INTO step_days (walker_id, day, total, reached_at, confidence, flags, told) VALUES (" +
                  std::to_string(who.id.value) + ", " + std::to_string(today().number() - days_back) + ", " +
                  std::to_string(total) + ", " + std::to_string(reached_at) + ", 100, 0, '')");
  }
  time::Day today() const {
    return {std::chrono::floor<std::chrono::days>(world.clock.now() + std::chrono::minutes(540))};
  }

  /// `name total rank`, in the order of the answer; or why there is none.
  std::vector<std::string> days(const std::vector<std::string>& uuids, const Calls::Days& days = {}) {
    const walk::rpc::SignedIn names(*walkers);
    return world.database.read([&](storage::Connection& connection) {
      Counting counting(connection);
      const auto found = walk::rpc::days_of(counting, names, ann.id, uuids, days, world.clock.now());
      statements = counting.statements;
      if (!found) return std::vector<std::string>{std::string(found.failure().message.en)};
      std::vector<std::string> lines;
      for (const auto& each : *found) {
        const auto name = std::ranges::find(all, each.walker, &Walker::uuid);
        lines.push_back((name == all.end() ? each.walker : name->nickname) + " " + std::to_string(each.steps) + " " +
                        std::to_string(each.rank));
      }
      return lines;
    });
  }
  std::vector<WalkerId> looked_at(const std::vector<std::string>& uuids) {
    const walk::rpc::SignedIn names(*walkers);
    return world.database.read([&](storage::Connection& connection) {
      Counting counting(connection);
      auto found = walk::rpc::looked_at(counting, names, ann.id, uuids);
      statements = counting.statements;
      return found;
    });
  }

  std::unique_ptr<walk::walkers::Walkers> walkers;
  WalkWorld world;
  Walker ann = world.walker("ann");
  std::vector<Walker> all{ann};
  std::size_t statements = 0;
};

using Lines = std::vector<std::string>;
const Lines kRefused{std::string(walk::rpc::kNotAFriend.message.en)};

TEST_CASE("days of as many friends as one may have cost a few statements", "[walk_rpc]") {
  Asked asked(ON_EACH_DATABASE());
  std::vector<std::string> uuids{asked.ann.uuid};
  asked.walk(asked.ann, 1'000'000, 1);
  for (int i = 0; i < static_cast<int>(walk::friends::kMostFriends); ++i) {
    asked.all.push_back(asked.friend_of_ann("f" + std::to_string(i)));
    uuids.push_back(asked.all.back().uuid);
    if (i % 2 == 0) asked.walk(asked.all.back(), 1000 + i, 1);
    asked.walk(asked.all.back(), 9999, 1, 1);
  }
  REQUIRE(uuids.size() == walk::rpc::kMostWalkers);
  const auto lines = asked.days(uuids);
  CHECK(asked.statements <= kMostStatements);
  REQUIRE(lines.size() == 251);
  CHECK(lines.front() == "ann 1000000 1");
  CHECK(lines[1] == "f498 1498 2");
  CHECK(lines.back() == "f0 1000 251");
  CHECK(asked.looked_at(uuids).size() == walk::rpc::kMostWalkers);
  CHECK(asked.statements <= kMostStatements);
}

TEST_CASE("of several walkers one day is told, who had as many first before who had them later", "[walk_rpc]") {
  Asked asked(ON_EACH_DATABASE());
  const auto bob = asked.friend_of_ann("bob"), cat = asked.friend_of_ann("cat");
  asked.all.insert(asked.all.end(), {bob, cat});
  asked.walk(asked.ann, 500, 30);
  asked.walk(bob, 500, 20);
  asked.walk(cat, 600, 40);
  asked.walk(cat, 7, 1, 1);
  CHECK(asked.days({asked.ann.uuid, bob.uuid, cat.uuid}) == Lines{"cat 600 1", "bob 500 2", "ann 500 3"});
  const auto yesterday = asked.today() - std::chrono::days(1);
  CHECK(asked.days({asked.ann.uuid, cat.uuid}, {.from = yesterday, .to = yesterday}) == Lines{"cat 7 1"});
  CHECK(asked.days({cat.uuid}) == Lines{"cat 7 1", "cat 600 1"});
  auto upper = cat.uuid;
  std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  CHECK(asked.days({upper, asked.ann.uuid}) == Lines{"cat 600 1", "ann 500 2"});
}

TEST_CASE("who is no friend, or takes part no more, is refused, alone and among others", "[walk_rpc]") {
  Asked asked(ON_EACH_DATABASE());
  const auto bob = asked.friend_of_ann("bob"), eve = asked.world.walker("eve"), gone = asked.friend_of_ann("gone");
  for (const auto& each : {bob, eve, gone}) asked.walk(each, 10, 1);
  asked.world.set_status(gone, walk::walkers::Status::suspended);
  const auto nobody = std::string("00000000-0000-4000-8000-000000000000");
  for (const auto& other : {eve.uuid, gone.uuid, nobody, std::string("x"), std::string()}) {
    INFO(other);
    CHECK(asked.days({other}) == kRefused);
    CHECK(asked.days({bob.uuid, other}) == kRefused);
    CHECK(asked.days({other, bob.uuid}) == kRefused);
    CHECK(asked.looked_at({bob.uuid, other}) == std::vector{bob.id});
  }
  CHECK(asked.looked_at({}) == std::vector{bob.id, asked.ann.id});
}

TEST_CASE("who does not share its steps is seen by nobody else, alone and among others", "[walk_rpc]") {
  Asked asked(ON_EACH_DATABASE());
  const auto bob = asked.friend_of_ann("bob"), shy = asked.friend_of_ann("shy");
  asked.all.push_back(bob);
  for (const auto& each : {asked.ann, bob, shy}) asked.walk(each, 10, 1);
  asked.world.execute("UPDATE walkers SET consented_at = NULL WHERE id IN (" + std::to_string(shy.id.value) + ", " +
                      std::to_string(asked.ann.id.value) + ")");
  CHECK(asked.days({shy.uuid}).empty());
  CHECK(asked.days({shy.uuid, bob.uuid}) == Lines{"bob 10 1"});
  CHECK(asked.days({asked.ann.uuid}) == Lines{"ann 10 1"});
  CHECK(asked.days({asked.ann.uuid, bob.uuid}) == Lines{"ann 10 1", "bob 10 2"});
}

}  // namespace
}  // namespace dontgoback::test
