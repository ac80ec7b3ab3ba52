#pragma once

#include <atomic>
#include <catch2/catch.hpp>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "boards/boards.hpp"
#include "friends/friends.hpp"
#include "groups/groups.hpp"
#include "steps/steps.hpp"
#include "support/walk/walk_world.hpp"

namespace dontgoback::test {

/// Ann, Bob and Cat, of whom the others are Ann's friends.
struct Boards {
  explicit Boards(storage::Dialect dialect, const walk::boards::Settings& settings = {})
      : world(dialect, [this, settings](Host& host, const http::Authenticator& sessions) {
          walk::friends::add_routes(host, sessions, listeners);
          walk::groups::add_routes(host, sessions);
          boards = std::make_unique<walk::boards::Boards>(
              host, sessions, [this](storage::Connection&, WalkerId, std::int64_t session) { return session != ended; },
              settings);
        }) {
    befriend(ann, bob);
    befriend(ann, cat);
  }
  ~Boards() {
    world.node.stop();
    boards.reset();
  }

  using Walker = WalkWorld::Walker;

  void befriend(const Walker& one, const Walker& other) {
    for (const auto& [walker, of] : {std::pair{one.id, other.id}, std::pair{other.id, one.id}}) {
      world.execute("INSERT INTO friendships (walker_id, other_id, kind, since) VALUES (" +
                    std::to_string(walker.value) + ", " + std::to_string(of.value) + ", 3, 0)");
    }
  }
  /// As the steps part would have it, and tells who looks.
  void walk(const Walker& who, const std::string& day, int total, int reached_at = 1, int confidence = 100) {
    const auto number = time::parse_day(day).value();
    world.database.write([&](storage::Connection& c) {
      c.execute("DELETE FROM step_days WHERE walker_id = :walker AND day = :day", who.id, number);
      c.execute(
          "INSERT INTO step_days (walker_id, day, total, reached_at, confidence, flags, told) VALUES (:walker, :day, "
          ":total, :reached_at, :confidence, 0, '')",
          who.id, number, total, reached_at, confidence);
      c.notify(walk::steps::kChangedTopic, std::to_string(who.id.value));
    });
  }
  /// `1 ann 500`, a line each; without a number where there is no rank.
  static std::vector<std::string> lines(const boost::json::value& board) {
    std::vector<std::string> found;
    for (const auto& entry : board.at("entries").as_array()) {
      const auto& rank = entry.at("rank");
      std::string line = rank.is_null() ? "-" : std::to_string(rank.as_int64());
      line.append(" ").append(entry.at("nickname").as_string()).append(" ");
      line += std::to_string(entry.at("steps").as_int64());
      if (entry.at("doubtful").as_bool()) line += " doubtful";
      if (entry.at("isMe").as_bool()) line += " me";
      found.push_back(line);
    }
    return found;
  }
  std::vector<std::string> board(const Walker& who, const std::string& period = "today") {
    const auto answer = world.get(who, "/api/v1/boards/friends?period=" + period);
    REQUIRE(answer.status == 200);
    return lines(answer.at("/data"));
  }

  std::atomic<std::int64_t> ended{0};  ///< a session; each walker has one of its own number
  walk::friends::Listeners listeners;
  std::unique_ptr<walk::boards::Boards> boards;
  WalkWorld world;
  Walker ann = world.walker("ann");
  Walker bob = world.walker("bob");
  Walker cat = world.walker("cat");
};

using Lines = std::vector<std::string>;

}  // namespace dontgoback::test
