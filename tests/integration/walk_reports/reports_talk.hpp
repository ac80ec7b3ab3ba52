#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "dontgoback/security/tokens/token_verifier.hpp"
#include "friends/friends.hpp"
#include "groups/groups.hpp"
#include "notices/notices.hpp"
#include "reports/reports.hpp"
#include "support/walk/walk_world.hpp"

namespace dontgoback::test {

/// Lets in whoever says `good`, as a service that may moderate walk, or another.
class SaidService final : public ports::ServiceAuthenticator {
  Result<http::Identity> authenticate(const http::Request& request) const override {
    const auto said = request.header("Authorization");
    if (said != "Bearer good" && said != "Bearer other") return security::kBadToken;
    http::Identity identity;
    identity.kind = http::Identity::Kind::service;
    identity.client_id = "core";
    identity.scopes = {said == "Bearer good" ? "walk:moderate" : "people:read"};
    return identity;
  }
};
class SaidToken final : public ports::TokenSource {
 public:
  explicit SaidToken(std::string token) : token_(std::move(token)) {}
  Result<std::string> token() override { return token_; }
  void forget(const std::string&) override {}

 private:
  const std::string token_;
};

inline constexpr std::string_view kReports = "/api/v1/walkers/reports";

/// Ann, Bob and Cat, who know one another by their nicknames.
struct Reports {
  using Walker = WalkWorld::Walker;

  explicit Reports(storage::Dialect dialect)
      : world(dialect, [this](Host& host, const http::Authenticator& sessions) {
          walk::groups::add_routes(host, sessions);
          walk::friends::add_routes(host, sessions, {});
          walk::reports::add_routes(host, sessions);
          host.scheduler.add(walk::reports::purge(host));
          names = walk::reports::make_own_reported_names(
              host, {&walk::groups::subscriber(), &walk::notices::subscriber(), &walk::reports::subscriber()});
          walk::reports::add_service_routes(host, services, names);
        }) {}

  static std::string body(const std::string& kind, const std::string& target, const std::string& rest = "") {
    return R"({"targetType":")" + kind + R"(","targetId":")" + target + R"(","reason":"ABUSE")" + rest + "}";
  }
  int report(const Walker& who, const std::string& kind, const std::string& target, const std::string& rest = "") {
    return world.send(who, "POST", kReports, body(kind, target, rest)).status;
  }
  int report(const Walker& who, const Walker& other) { return report(who, "WALKER", other.uuid); }

  /// A group of theirs; the first owns it.
  std::string group_of(const Walker& owner, const Walker& member, const std::string& name = "가족") {
    const auto made = world.send(owner, "POST", "/api/v1/groups", R"({"name":")" + name + "\"}");
    const auto id = std::string(made.at("/data/groupId").as_string());
    const auto link = world.send(owner, "POST", "/api/v1/groups/" + id + "/links", "{}");
    const auto token = std::string(link.at("/data/token").as_string());
    REQUIRE(world.send(member, "POST", "/api/v1/groups/join", R"({"link":")" + token + "\"}").status == 200);
    return id;
  }
  void cheer(const Walker& to, const Walker& by) {
    world.database.write([&](storage::Connection& connection) {
      walk::notices::tell(connection, {to.id, walk::notices::Kind::cheer, by.id, 0, world.clock.now()});
    });
  }
  void befriend(const Walker& one, const Walker& other) {
    for (const auto& [a, b] : {std::pair(one, other), std::pair(other, one)}) {
      world.execute("INSERT INTO friendships (walker_id, other_id, kind, since) VALUES (" + std::to_string(a.id.value) +
                    ", " + std::to_string(b.id.value) + ", 3, 0)");
    }
  }
  void call(const Walker& who, const std::string& nickname) {
    world.execute("UPDATE walkers SET nickname = '" + nickname + "', folded = '" + nickname +
                  "' WHERE id = " + std::to_string(who.id.value));
  }
  std::int64_t count(const std::string& what, const std::string& from) {
    return world.number("SELECT " + what + " FROM " + from);
  }
  std::int64_t open_cases() { return count("COUNT(*)", "walk_report_cases WHERE is_open = 1"); }
  std::int64_t kept() { return count("COUNT(*)", "walk_reports"); }

  /// The port of a node that does not run walk.
  std::shared_ptr<ports::ReportedNames> remote(const std::string& token = "good") {
    return walk::reports::make_remote_reported_names(world.node.host().client, std::make_shared<SaidToken>(token),
                                                     world.node.url());
  }

  SaidService services;
  std::shared_ptr<ports::ReportedNames> names;
  WalkWorld world;
  Walker ann = world.walker("ann");
  Walker bob = world.walker("bob");
  Walker cat = world.walker("cat");
};

}  // namespace dontgoback::test
