#pragma once

#include "core/parts.hpp"
#include "support/core/feed_talk.hpp"

namespace dontgoback::test {

/// Three members: Ann, Bob, and one whom both see.
struct Circle {
  explicit Circle(World& of) : world(of) {}

  static std::string of(UserId user) { return std::to_string(user.value); }
  static int put(Browser& who, const std::string& path) { return who.send("PUT", "/api/v1/" + path).status; }
  static int take(Browser& who, const std::string& path) { return who.send("DELETE", "/api/v1/" + path).status; }
  static std::size_t told(Browser& who) {
    return numbers_at(who.get("/api/v1/notifications").body, "/data/notifications", "notificationId").size();
  }
  static std::vector<std::int64_t> feed(Browser& who) { return posts_in(who.get("/api/v1/feeds?size=50")); }

  World& world;
  core::Parts parts;
  UserId ann_id = world.node.create_user();
  UserId bob_id = world.node.create_user();
  UserId third_id = world.node.create_user();
  Browser ann = world.node.signed_in(ann_id);
  Browser bob = world.node.signed_in(bob_id);
  Browser third = world.node.signed_in(third_id);
};

}  // namespace dontgoback::test
