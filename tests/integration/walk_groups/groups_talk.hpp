#pragma once

#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "groups/groups.hpp"
#include "support/walk/walk_world.hpp"

namespace dontgoback::test {

/// Ann, Bob and Cat, who are in no group yet.
struct Groups {
  explicit Groups(storage::Dialect dialect)
      : world(dialect,
              [](Host& host, const http::Authenticator& sessions) { walk::groups::add_routes(host, sessions); }) {}

  using Walker = WalkWorld::Walker;

  Answer create(const Walker& who, const std::string& name) {
    return world.send(who, "POST", "/api/v1/groups", R"({"name":")" + name + "\"}");
  }
  std::string made(const Walker& who, const std::string& name = "가족") {
    const auto answer = create(who, name);
    REQUIRE(answer.status == 201);
    return std::string(answer.at("/data/groupId").as_string());
  }
  Answer link(const Walker& who, const std::string& group, const std::string& body = "{}") {
    return world.send(who, "POST", "/api/v1/groups/" + group + "/links", body);
  }
  std::string linked(const Walker& who, const std::string& group, const std::string& body = "{}") {
    const auto answer = link(who, group, body);
    REQUIRE(answer.status == 201);
    return std::string(answer.at("/data/link").as_string());
  }
  int join(const Walker& who, const std::string& link) {
    return world.send(who, "POST", "/api/v1/groups/join", R"({"link":")" + link + "\"}").status;
  }
  int leave(const Walker& who, const std::string& group, const std::string& whom = "me") {
    return world.send(who, "DELETE", "/api/v1/groups/" + group + "/members/" + whom).status;
  }
  /// The names of a walker's groups.
  std::set<std::string> groups(const Walker& who) {
    std::set<std::string> found;
    const auto answer = world.get(who, "/api/v1/groups");
    REQUIRE(answer.status == 200);
    const auto groups = answer.at("/data/groups");
    for (const auto& each : groups.as_array()) found.insert(std::string(each.at("name").as_string()));
    return found;
  }
  /// `ann owner`
  std::set<std::string> members(const Walker& who, const std::string& group) {
    std::set<std::string> found;
    const auto answer = world.get(who, "/api/v1/groups/" + group + "/members");
    if (answer.status != 200) return {std::to_string(answer.status)};
    const auto members = answer.at("/data/members");
    for (const auto& each : members.as_array()) {
      found.insert(std::string(each.at("nickname").as_string()) + (each.at("isOwner").as_bool() ? " owner" : ""));
      CHECK(each.at("isMe").as_bool() == (each.at("nickname").as_string() == who.nickname));
    }
    return found;
  }

  WalkWorld world;
  Walker ann = world.walker("ann");
  Walker bob = world.walker("bob");
  Walker cat = world.walker("cat");
};

using Names = std::set<std::string>;

}  // namespace dontgoback::test
