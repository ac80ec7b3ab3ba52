#pragma once

#include <catch2/catch.hpp>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "friends/friends.hpp"
#include "support/walk/walk_world.hpp"

namespace dontgoback::test {

/// What the listeners were told, a line each. Closures may run twice: each line counts once.
class Heard final : public walk::friends::Listener {
 public:
  void asked(storage::Connection&, WalkerId by, WalkerId other, time::Timestamp) const override {
    note("asked", by, other);
  }
  void became_friends(storage::Connection&, WalkerId by, WalkerId other, time::Timestamp) const override {
    note("friends", by, other);
  }
  void parted(storage::Connection&, WalkerId one, WalkerId other) const override { note("parted", one, other); }

  std::vector<std::string> taken() {
    const std::lock_guard lock(mutex_);
    return std::exchange(lines_, {});
  }
  static std::string line(std::string_view what, WalkerId one, WalkerId other) {
    return std::string(what) + " " + std::to_string(one.value) + " " + std::to_string(other.value);
  }

 private:
  void note(std::string_view what, WalkerId one, WalkerId other) const {
    const std::lock_guard lock(mutex_);
    lines_.push_back(line(what, one, other));
  }
  mutable std::mutex mutex_;
  mutable std::vector<std::string> lines_;
};

/// Ann, Bob and Cat, who know nobody yet.
struct Friends {
  explicit Friends(storage::Dialect dialect)
      : world(dialect, [this](Host& host, const http::Authenticator& sessions) {
          walk::friends::add_routes(host, sessions, listeners);
        }) {}

  using Walker = WalkWorld::Walker;

  Answer ask(const Walker& who, const Walker& whom) {
    return world.send(who, "POST", "/api/v1/friends/requests", R"({"walkerId":")" + whom.uuid + "\"}");
  }
  int accept(const Walker& who, const Walker& whom) {
    return world.send(who, "PUT", "/api/v1/friends/requests/" + whom.uuid).status;
  }
  int decline(const Walker& who, const Walker& whom) {
    return world.send(who, "DELETE", "/api/v1/friends/requests/" + whom.uuid).status;
  }
  int remove(const Walker& who, const Walker& whom) {
    return world.send(who, "DELETE", "/api/v1/friends/" + whom.uuid).status;
  }
  int block(const Walker& who, const Walker& whom) {
    return world.send(who, "PUT", "/api/v1/friends/blocks/" + whom.uuid).status;
  }
  int unblock(const Walker& who, const Walker& whom) {
    return world.send(who, "DELETE", "/api/v1/friends/blocks/" + whom.uuid).status;
  }
  /// The nicknames there, in order of the alphabet.
  std::set<std::string> names(const Walker& who, const std::string& list) {
    std::set<std::string> found;
    const auto answer = world.get(who, "/api/v1/friends" + list);
    REQUIRE(answer.status == 200);
    const auto data = answer.at("/data");
    for (const auto& [key, value] : data.as_object()) {
      if (!value.is_array()) continue;
      for (const auto& each : value.as_array()) found.insert(std::string(each.at("nickname").as_string()));
    }
    return found;
  }
  std::set<std::string> friends(const Walker& who) { return names(who, ""); }
  std::set<std::string> asked_by(const Walker& who) { return names(who, "/requests"); }
  std::set<std::string> asked(const Walker& who) { return names(who, "/requests?direction=out"); }
  std::set<std::string> blocks(const Walker& who) { return names(who, "/blocks"); }
  std::string relation(const Walker& who, const Walker& to) {
    const auto answer = world.get(who, "/api/v1/friends/search?nickname=" + to.nickname);
    return answer.status == 200 ? std::string(answer.at("/data/relation").as_string()) : std::to_string(answer.status);
  }
  void befriend(const Walker& one, const Walker& other) {
    REQUIRE(ask(one, other).status == 201);
    REQUIRE(accept(other, one) == 200);
  }
  /// Whether each friendship has both its rows, and no request is without its asker.
  bool both_sides_agree() {
    return world.number(
               "SELECT COUNT(*) FROM friendships f LEFT JOIN friendships o ON o.walker_id = f.other_id AND o.other_id "
               "= f.walker_id WHERE (f.kind = 3 AND COALESCE(o.kind, 0) <> 3) OR (f.kind = 2 AND COALESCE(o.kind, 0) "
               "<> 1) OR (f.kind = 1 AND COALESCE(o.kind, 0) NOT IN (2, 4, 5))") == 0;
  }

  Heard heard;
  walk::friends::Listeners listeners{&heard};
  WalkWorld world;
  Walker ann = world.walker("ann");
  Walker bob = world.walker("bob");
  Walker cat = world.walker("cat");
};

using Names = std::set<std::string>;

}  // namespace dontgoback::test
