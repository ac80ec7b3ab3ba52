#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "friends/friends.hpp"
#include "notices/notices.hpp"
#include "notices/streams.hpp"
#include "support/walk/walk_world.hpp"

namespace dontgoback::test {

inline constexpr std::string_view kList = "/api/v1/walkers/notifications";
inline constexpr std::string_view kDevices = "/api/v1/walkers/devices";
inline constexpr std::string_view kStandIn = "http://127.0.0.1:7001";

/// Ann, Bob and Cat, the first two friends of one another.
struct Notices {
  using Walker = WalkWorld::Walker;
  using Listener = walk::steps::Listener;

  explicit Notices(storage::Dialect dialect)
      : world(dialect, [this](Host& host, const http::Authenticator& sessions) {
          streams = walk::notices::make_streams(host);
          walk::notices::add_routes(host, sessions, *streams, std::string(kStandIn));
          devices = walk::notices::devices(host, std::string(kStandIn));
          host.scheduler.add(walk::notices::purge(host));
          made = &host;
        }) {
    befriend(ann, bob);
  }
  ~Notices() { streams.reset(); }

  void befriend(const Walker& one, const Walker& other) {
    for (const auto& [a, b] : {std::pair(one, other), std::pair(other, one)}) {
      world.execute("INSERT INTO friendships (walker_id, other_id, kind, since) VALUES (" + std::to_string(a.id.value) +
                    ", " + std::to_string(b.id.value) + ", 3, 0)");
    }
  }
  void tell(const Walker& to, walk::notices::Kind kind, const Walker& other) {
    world.database.write([&](storage::Connection& connection) {
      walk::notices::tell(connection, {to.id, kind, other.id, 0, world.clock.now()});
    });
  }
  time::Day today(std::int64_t offset_minutes = 540) const {
    return {std::chrono::floor<std::chrono::days>(world.clock.now() + std::chrono::minutes(offset_minutes))};
  }
  /// As the recorder does it.
  void walk(const Walker& who, std::int32_t before, std::int32_t after, std::int64_t offset_minutes = 540) {
    const auto day = today(offset_minutes);
    world.database.write([&](storage::Connection& connection) {
      connection.execute("DELETE FROM step_days WHERE walker_id = :walker AND day = :day", who.id, day);
      connection.execute(
          "INSERT INTO step_days (walker_id, day, total, reached_at, confidence, flags, told) VALUES (:walker, :day, "
          ":total, 0, 100, 0, '')",
          who.id, day, after);
      const Listener::Change change{who.id, day, before, after, true, world.clock.now()};
      walk::notices::of_steps().changed(connection, std::span(&change, 1));
    });
  }

  Answer list(const Walker& who, std::string_view more = "") { return world.get(who, std::string(kList).append(more)); }
  /// `KIND nickname count`, a `*` where it is not read, in order.
  std::vector<std::string> told(const Walker& who) {
    std::vector<std::string> lines;
    const auto all = list(who, "?size=50").at("/data/notifications");
    for (const auto& each : all.as_array()) {
      const auto* name = each.as_object().if_contains("nickname");
      lines.push_back(std::string(each.at("kind").as_string()) +
                      (name != nullptr ? " " + std::string(name->as_string()) : "") + " " +
                      std::to_string(each.at("count").as_int64()) + (each.at("read").as_bool() ? "" : "*"));
    }
    return lines;
  }
  std::int64_t unread(const Walker& who) { return list(who).number("/data/unreadCount"); }

  int register_app(const Walker& who, std::string_view token) {
    return world.send(who, "PUT", kDevices, R"({"fcmToken":")" + std::string(token) + "\"}").status;
  }
  int subscribe(const Walker& who, std::string_view endpoint) {
    return world
        .send(who, "PUT", kDevices,
              R"({"subscription":{"endpoint":")" + std::string(endpoint) +
                  R"(","keys":{"p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH)"
                  R"(6SRpkNtoIAiw4","auth":"BTBZMqHH6r4Tts7J_aSIgg"}}})")
        .status;
  }
  std::int64_t pushes(std::string_view topic) {
    return world.number("SELECT COUNT(*) FROM outbox WHERE topic = '" + std::string(topic) + "'");
  }
  std::int64_t rows(std::string_view table) { return world.number("SELECT COUNT(*) FROM " + std::string(table)); }

  Host* made = nullptr;
  std::shared_ptr<walk::notices::Streams> streams;
  std::shared_ptr<ports::PushDevices> devices;
  WalkWorld world;
  Walker ann = world.walker("ann");
  Walker bob = world.walker("bob");
  Walker cat = world.walker("cat");
};

}  // namespace dontgoback::test
