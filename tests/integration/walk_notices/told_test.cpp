// Who is told of what, how often, and until when.
#include "dontgoback/json/writer.hpp"
#include "notices_talk.hpp"
#include "support/json.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;
using Lines = std::vector<std::string>;
using walk::notices::Kind;

TEST_CASE("Requests and acceptances are told in the first release's words, and counted until they are read") {
  Notices n(ON_EACH_DATABASE());
  n.world.database.write([&](storage::Connection& connection) {
    const auto& friendships = walk::notices::of_friendships();
    friendships.asked(connection, n.cat.id, n.ann.id, n.world.clock.now());
    friendships.became_friends(connection, n.bob.id, n.ann.id, n.world.clock.now());
  });
  const auto list = n.list(n.ann);
  CHECK(list.status == 200);
  CHECK(list.at("/data/notifications/1/text").as_string() == "cat님이 친구 요청을 보냈습니다.");
  CHECK(list.at("/data/notifications/0/text").as_string() == "bob님이 친구 요청을 수락했습니다.");
  CHECK(list.at("/data/notifications/0/walkerId").as_string() == n.bob.uuid);
  CHECK(list.at("/data/notifications/0/createdAt").as_string() == "2027-01-15T08:00:00.000Z");
  CHECK(n.told(n.ann) == Lines{"FRIEND_ACCEPT bob 1*", "FRIEND_REQUEST cat 1*"});
  CHECK(n.unread(n.ann) == 2);
  CHECK(n.told(n.bob).empty());
  // Pages, by the number of the last that was seen.
  CHECK(n.list(n.ann, "?size=1").number("/data/notifications/0/notificationId") == 2);
  CHECK(n.list(n.ann, "?size=1&lastNotificationId=2").number("/data/notifications/0/notificationId") == 1);
  CHECK(n.list(n.ann, "?lastNotificationId=-1").status == 400);

  const auto read = std::string(kList) + "/read";
  CHECK(n.world.send(n.ann, "POST", read, R"({"upTo":1})").number("/data/unreadCount") == 1);
  CHECK(n.told(n.ann) == Lines{"FRIEND_ACCEPT bob 1*", "FRIEND_REQUEST cat 1"});
  for (const auto* bad : {"", "{}", R"({"upTo":-1})", R"({"upTo":"1"})"}) {
    CHECK(n.world.send(n.ann, "POST", read, bad).status == 400);
  }
}

TEST_CASE("Who does the same again is one line with a count, until that is read") {
  Notices n(ON_EACH_DATABASE());
  for (int i = 0; i < 3; ++i) n.tell(n.ann, Kind::cheer, n.bob);
  n.tell(n.ann, Kind::cheer, n.cat);
  CHECK(n.told(n.ann) == Lines{"CHEER cat 1*", "CHEER bob 3*"});
  n.world.send(n.ann, "POST", std::string(kList) + "/read", R"({"upTo":100})");
  n.tell(n.ann, Kind::cheer, n.bob);
  CHECK(n.told(n.ann) == Lines{"CHEER bob 1*", "CHEER cat 1", "CHEER bob 3"});
}

TEST_CASE("A friend that was overtaken today is told, once an hour, and nobody else") {
  Notices n(ON_EACH_DATABASE());
  n.walk(n.ann, 0, 1000);
  CHECK(n.told(n.bob).empty());  // who has not walked yet has not been overtaken
  n.walk(n.cat, 0, 5000);        // no friend of anybody's
  n.walk(n.bob, 0, 900);
  CHECK(n.told(n.ann).empty());
  n.walk(n.bob, 900, 1000);
  CHECK(n.told(n.ann).empty());  // beside one another
  n.walk(n.bob, 1000, 1001);
  CHECK(n.told(n.ann) == Lines{"OVERTAKEN bob 1*"});
  n.walk(n.ann, 1000, 1500);
  CHECK(n.told(n.bob) == Lines{"OVERTAKEN ann 1*"});
  n.walk(n.bob, 1001, 1600);
  n.walk(n.bob, 1600, 1500);  // a correction
  CHECK(n.told(n.ann) == Lines{"OVERTAKEN bob 1*"});
  n.world.clock.advance(1h);
  n.walk(n.bob, 1500, 1700);
  CHECK(n.told(n.ann) == Lines{"OVERTAKEN bob 2*"});
}

TEST_CASE("Who is on another day is not overtaken on it") {
  Notices n(ON_EACH_DATABASE());
  const auto dan = n.world.walker("dan", -600);  // an ocean away it is the day before
  n.befriend(dan, n.bob);
  n.walk(dan, 0, 100, -600);
  n.world.clock.advance(9h);  // past midnight at Bob's
  n.world.execute("INSERT INTO step_days (walker_id, day, total, reached_at, confidence, flags, told) VALUES (" +
                  std::to_string(dan.id.value) + ", " + std::to_string(n.today().number()) + ", 100, 0, 100, 0, '')");
  n.walk(n.bob, 0, 500);
  CHECK(n.told(dan).empty());
}

TEST_CASE("Many changes of one commit are each told of") {
  Notices n(ON_EACH_DATABASE());
  std::vector<walk::steps::Listener::Change> changes;
  n.walk(n.ann, 0, 10);
  for (int i = 0; i < 150; ++i) {
    const auto walker = n.world.walker("w" + std::to_string(i));
    n.befriend(walker, n.ann);
    changes.push_back({walker.id, n.today(), 0, 20, true, n.world.clock.now()});
  }
  n.world.database.write(
      [&](storage::Connection& connection) { walk::notices::of_steps().changed(connection, changes); });
  CHECK(n.list(n.ann).number("/data/unreadCount") == walk::notices::kCounted);
  CHECK(n.rows("walker_notices") == 150);
}

TEST_CASE("Who passes very many at once tells those whom it came past last") {
  Notices n(ON_EACH_DATABASE());
  constexpr auto kMost = static_cast<int>(walk::notices::kMostOvertaken);
  std::vector<Notices::Walker> passed;
  for (int i = 0; i < kMost + 20; ++i) {
    passed.push_back(n.world.walker("w" + std::to_string(i)));
    n.befriend(passed.back(), n.cat);
    n.walk(passed.back(), 0, 1000 + i);
  }
  // Of the last it is the day before, so it takes nobody's place.
  n.world.execute("UPDATE walkers SET offset_minutes = -720 WHERE id = " + std::to_string(passed.back().id.value));
  n.walk(n.cat, 0, 5000);
  CHECK(n.rows("walker_notices") == kMost);
  CHECK(n.told(passed.back()).empty());
  CHECK(n.told(passed[passed.size() - 2]) == Lines{"OVERTAKEN cat 1*"});
  CHECK(n.told(passed[19]) == Lines{"OVERTAKEN cat 1*"});
  CHECK(n.told(passed[18]).empty());
  CHECK(n.told(passed.front()).empty());
}

TEST_CASE("A commit in which many pass very many tells so many, and of each the same share") {
  Notices n(ON_EACH_DATABASE());
  constexpr std::size_t kWalkers = 20;
  std::vector<Notices::Walker> ahead;
  for (std::size_t i = 0; i < kWalkers; ++i) ahead.push_back(n.world.walker("a" + std::to_string(i)));
  for (std::size_t i = 0; i < walk::notices::kMostOvertaken + 8; ++i) {
    const auto passed = n.world.walker("p" + std::to_string(i));
    n.walk(passed, 0, 1000);
    for (const auto& each : ahead) n.befriend(passed, each);
  }
  std::vector<walk::steps::Listener::Change> changes;
  for (const auto& each : ahead) changes.push_back({each.id, n.today(), 0, 5000, true, n.world.clock.now()});
  n.world.database.write(
      [&](storage::Connection& connection) { walk::notices::of_steps().changed(connection, changes); });
  CHECK(n.rows("walker_notices") == static_cast<int>(walk::notices::kMostOvertakenTold));
  constexpr auto kShare = walk::notices::kMostOvertakenTold / kWalkers;
  for (const auto& each : ahead) {
    const auto told = n.rows("walker_notices WHERE other_id = " + std::to_string(each.id.value));
    CHECK(told >= static_cast<int>(kShare));
    CHECK(told <= static_cast<int>(kShare) + 1);
  }
}

TEST_CASE("A kind that is not wanted is not told, and settings stay what they were where nothing is said of them") {
  Notices n(ON_EACH_DATABASE());
  const std::string settings = "/api/v1/walkers/settings";
  CHECK(n.world.get(n.ann, settings).at("/data/notifications/CHEER").as_bool());
  CHECK(n.world.get(n.ann, settings).at("/data/quietHours").is_null());
  const auto changed = n.world.send(n.ann, "PATCH", settings, R"({"notifications":{"CHEER":false},"language":"en"})");
  CHECK(changed.status == 200);
  CHECK_FALSE(changed.at("/data/notifications/CHEER").as_bool());
  CHECK(changed.at("/data/notifications/GOAL").as_bool());
  const auto quiet = n.world.send(n.ann, "PATCH", settings, R"({"quietHours":{"from":"22:00","to":"07:30"}})");
  CHECK(quiet.at("/data/quietHours/to").as_string() == "07:30");
  CHECK(quiet.at("/data/language").as_string() == "en");
  CHECK_FALSE(quiet.at("/data/notifications/CHEER").as_bool());
  for (const auto* bad :
       {"", "[]", R"({"language":"fr"})", R"({"notifications":{"CHEER":1}})", R"({"notifications":[]})",
        R"({"quietHours":{"from":"22:00","to":"22:00"}})", R"({"quietHours":{"from":"24:00","to":"1"}})"}) {
    INFO(bad);
    CHECK(n.world.send(n.ann, "PATCH", settings, bad).status == 400);
  }
  n.tell(n.ann, Kind::cheer, n.bob);
  CHECK(n.told(n.ann).empty());
  n.tell(n.ann, Kind::friend_request, n.cat);
  CHECK(n.told(n.ann) == Lines{"FRIEND_REQUEST cat 1*"});
}

TEST_CASE("Friends are cheered on, a few times an hour, and nobody else is there to be") {
  Notices n(ON_EACH_DATABASE());
  const auto cheer = [&](const Notices::Walker& who, std::string_view whom) {
    return n.world.send(who, "POST", "/api/v1/friends/" + std::string(whom) + "/cheer").status;
  };
  CHECK(cheer(n.bob, n.ann.uuid) == 200);
  CHECK(n.told(n.ann) == Lines{"CHEER bob 1*"});
  for (const auto& nobody :
       {n.cat.uuid, n.bob.uuid, std::string("no-uuid"), std::string("00000000-0000-4000-8000-000000000000")}) {
    CHECK(cheer(n.bob, nobody) == 404);
  }
  CHECK(cheer(n.bob, n.ann.uuid) == 200);
  CHECK(cheer(n.bob, n.ann.uuid) == 200);
  CHECK(cheer(n.bob, n.ann.uuid) == 429);
  CHECK(cheer(n.ann, n.bob.uuid) == 200);
  n.world.set_status(n.ann, walk::walkers::Status::leaving);
  CHECK(cheer(n.bob, n.ann.uuid) == 404);
}

TEST_CASE("Who takes part no more is not shown, and who parted is forgotten") {
  Notices n(ON_EACH_DATABASE());
  n.tell(n.ann, Kind::cheer, n.bob);
  n.tell(n.ann, Kind::friend_request, n.cat);
  n.world.set_status(n.cat, walk::walkers::Status::suspended);
  CHECK(n.told(n.ann) == Lines{"CHEER bob 1*"});
  CHECK(n.unread(n.ann) == 1);
  n.tell(n.ann, Kind::friend_request, n.cat);
  n.tell(n.cat, Kind::friend_request, n.ann);
  CHECK(n.rows("walker_notices") == 2);
  n.world.database.write(
      [&](storage::Connection& connection) { walk::notices::of_friendships().parted(connection, n.bob.id, n.ann.id); });
  CHECK(n.told(n.ann).empty());
}

TEST_CASE("A walker keeps so much, for so long") {
  Notices n(ON_EACH_DATABASE());
  std::vector<Notices::Walker> others;
  for (int i = 0; i < walk::notices::kKept + 5; ++i) others.push_back(n.world.walker("o" + std::to_string(i)));
  for (const auto& other : others) n.tell(n.ann, Kind::friend_request, other);
  CHECK(n.rows("walker_notices") == walk::notices::kKept);
  CHECK(n.world.number("SELECT MIN(number) FROM walker_notices") == 6);
}

TEST_CASE("What a walker is told goes with it, or becomes another's") {
  Notices n(ON_EACH_DATABASE());
  const auto& walkers = walk::notices::subscriber();
  n.tell(n.ann, Kind::cheer, n.bob);
  n.tell(n.bob, Kind::cheer, n.ann);
  n.tell(n.cat, Kind::cheer, n.ann);
  REQUIRE(n.register_app(n.ann, "t1") == 200);
  SECTION("merged") {
    n.tell(n.cat, Kind::goal, n.cat);
    n.world.database.write([&](storage::Connection& connection) { walkers.merged(connection, n.ann.id, n.cat.id); });
    CHECK(n.told(n.cat) == Lines{"CHEER bob 1*", "GOAL cat 1*"});
    CHECK(n.told(n.bob) == Lines{"CHEER cat 1*"});
    CHECK(n.rows("walker_devices") == 0);
    n.tell(n.cat, Kind::cheer, n.bob);
    CHECK(n.told(n.cat) == Lines{"CHEER bob 2*", "GOAL cat 1*"});
  }
  SECTION("removed") {
    n.world.database.write([&](storage::Connection& connection) {
      while (!walkers.removed_some(connection, n.ann.id)) continue;
      walkers.removed(connection, n.ann.id);
    });
    CHECK(n.rows("walker_notices") == 0);
    CHECK(n.rows("walker_devices") == 0);
    CHECK(n.world.number("SELECT COUNT(*) FROM walker_settings WHERE walker_id = " + std::to_string(n.ann.id.value)) ==
          0);
  }
  SECTION("suspended") {
    n.world.database.write([&](storage::Connection& connection) {
      walkers.status_changed(connection, n.ann.id, walk::walkers::Status::active, walk::walkers::Status::suspended,
                             n.world.clock.now());
    });
    CHECK(n.rows("walker_devices") == 0);
    CHECK(n.rows("walker_notices") == 3);
  }
}

TEST_CASE("A walker is given what it was told and chose, and no inside number") {
  Notices n(ON_EACH_DATABASE());
  n.tell(n.ann, Kind::cheer, n.bob);
  REQUIRE(n.register_app(n.ann, "t1") == 200);
  std::string exported;
  n.world.database.read([&](storage::Connection& connection) {
    exported.clear();
    json::Writer writer(exported);
    walk::notices::exporter().write(connection, n.ann.id, writer);
  });
  CHECK(json_at(exported, "/notifications/0/text").as_string() == "bob님이 응원을 보냈습니다.");
  CHECK(json_at(exported, "/notifications/0/walkerId").as_string() == n.bob.uuid);
  CHECK(json_at(exported, "/devices").as_int64() == 1);
  CHECK(json_at(exported, "/settings/notifications/CHEER").as_bool());
  CHECK(exported.find("t1") == exported.npos);
}
