#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "dontgoback/security/crypto/base64.hpp"
#include "first_release/first_release.hpp"
#include "goals/goals.hpp"
#include "notices/notices.hpp"
#include "support/walk/walk_world.hpp"
#include "walkers/walkers.hpp"

namespace dontgoback::test {

/// A node that serves clients of the first release.
struct FirstReleaseWorld {
  explicit FirstReleaseWorld(storage::Dialect dialect)
      : world(dialect, [this](Host& host, const http::Authenticator& sessions) {
          first_release = std::make_unique<walk::first_release::FirstRelease>(
              host, host.node.data_dir / "walk.key", walk::friends::Listeners{&walk::notices::of_friendships()},
              subscribers());
          first_release->add_routes(host.router);
          recorder = walk::steps::make_recorder(host, sessions, {}, {});
          host.scheduler.add(walk::first_release::purge(host, subscribers()));
          for (auto& job : walk::walkers::own_jobs(host, subscribers())) host.scheduler.add(std::move(job));
        }) {}

  ~FirstReleaseWorld() { recorder.reset(); }  // before the database

  static walk::walkers::Subscribers subscribers() {
    return {&walk::first_release::subscriber(), &walk::friends::subscriber(), &walk::steps::subscriber(),
            &walk::goals::subscriber(), &walk::notices::subscriber()};
  }

  /// What the app keeps of a sign-up.
  struct App {
    std::string access, refresh, uuid;
  };
  App sign_up() {
    const auto answer = post("/auth/signup", R"({"socialId":"1"})");
    REQUIRE(answer.status == 201);
    return app_of(answer);
  }
  static App app_of(const Answer& answer) {
    App app{answer.field("authorization"), answer.field("x-refresh-token"), {}};
    const auto middle = app.refresh.substr(app.refresh.find('.') + 1);
    const auto claims = security::base64url_decode(middle.substr(0, middle.find('.'))).value();
    app.uuid = json_at(claims, "/userUuid").as_string();
    return app;
  }
  App named(const std::string& nickname) {
    auto app = sign_up();
    REQUIRE(rename(app, nickname) == 200);
    return app;
  }

  Answer post(std::string_view path, std::string_view body) { return send("POST", path, body); }
  Answer send(std::string_view method, std::string_view path, std::string_view body) {
    return Browser(world.node.address()).send(method, path, body, {{"Content-Type", "application/json"}});
  }
  Answer renew(const std::string& token) { return post("/auth/refresh", R"({"refreshToken":")" + token + "\"}"); }
  Answer sign_in(const App& app) { return post("/auth/signin", R"({"accessToken":")" + app.access + "\"}"); }
  int rename(const App& app, const std::string& nickname) { return update(app, R"("nickName":")" + nickname + '"'); }
  int update(const App& app, const std::string& member) {
    return send("PUT", "/auth/update", R"({"userUuid":")" + app.uuid + "\"," + member + "}").status;
  }
  int ask(const std::string& sender, const std::string& other) {
    return post("/auth/friend/request", R"({"senderNickname":")" + sender + R"(","friendNickname":")" + other + "\"}")
        .status;
  }
  Result<std::string> run(std::string_view job) { return world.node.host().scheduler.run_now(job); }
  std::int64_t first_release_walkers() { return world.number("SELECT COUNT(*) FROM first_release_walkers"); }
  std::int64_t walkers() { return world.number("SELECT COUNT(*) FROM walkers"); }
  /// Of the only one with this nickname.
  WalkerId id_of(const std::string& folded) {
    return {world.number("SELECT walker_id FROM first_release_walkers WHERE folded = '" + folded + "'")};
  }

  std::unique_ptr<walk::first_release::FirstRelease> first_release;
  std::unique_ptr<walk::steps::Recorder> recorder;
  WalkWorld world;
};

}  // namespace dontgoback::test
