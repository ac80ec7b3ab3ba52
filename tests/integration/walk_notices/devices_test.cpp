// Apps and browsers that are told while they are closed: whose they are, and what they are told.
#include "dontgoback/push/message.hpp"
#include "notices_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;
using walk::notices::Kind;

TEST_CASE("A device is told what its walker is, under the topic of its kind") {
  Notices n(ON_EACH_DATABASE());
  REQUIRE(n.register_app(n.ann, "token:1_a-B") == 200);
  REQUIRE(n.subscribe(n.bob, "https://push.example/1") == 200);
  n.tell(n.ann, Kind::friend_request, n.cat);
  n.tell(n.ann, Kind::friend_accept, n.bob);
  n.tell(n.bob, Kind::cheer, n.ann);
  CHECK(n.pushes("walk-pushes-fcm") == 2);
  CHECK(n.pushes("walk-pushes") == 1);
  CHECK(n.pushes("pushes") == 0);
  CHECK(n.world.number("SELECT COUNT(*) FROM outbox WHERE payload LIKE '%token:1%' OR payload LIKE '%push.example%'") ==
        0);
  std::vector<push::Message> messages;
  n.world.database.read([&](storage::Connection& connection) {
    connection.each("SELECT payload FROM outbox WHERE topic = 'walk-pushes-fcm' ORDER BY id", storage::args(),
                    [&](std::string_view payload) { messages.push_back(push::read(payload).value()); });
  });
  REQUIRE(messages.size() == 2);
  CHECK(messages[0].title == "친구 요청");
  CHECK(messages[0].body == "cat님이 친구 요청을 보냈습니다.");
  CHECK(messages[0].data ==
        std::vector<std::pair<std::string, std::string>>{{"kind", "FRIEND_REQUEST"}, {"senderNickname", "cat"}});
  CHECK(messages[1].title == "친구 요청 수락");
  CHECK(messages[1].data ==
        std::vector<std::pair<std::string, std::string>>{{"kind", "FRIEND_ACCEPT"}, {"recipientNickname", "bob"}});
  CHECK(messages[1].tag == "FRIEND_ACCEPT-" + n.bob.uuid);

  const auto device = n.devices->find(messages[0].device.id);
  REQUIRE(device);
  CHECK(std::get<ports::FcmToken>(device->address).token == "token:1_a-B");
  const auto browser = n.devices->find(n.devices->of(n.bob.id.value).at(0));
  REQUIRE(browser);
  CHECK(std::get<ports::PushSubscription>(browser->address).endpoint == "https://push.example/1");
}

TEST_CASE("A device is one walker's, each session has one, and a walker ten") {
  Notices n(ON_EACH_DATABASE());
  for (const auto* token : {"a", "b", "b"}) CHECK(n.register_app(n.ann, token) == 200);
  CHECK(n.rows("walker_devices") == 1);
  CHECK(n.register_app(n.bob, "b") == 200);  // signs in on the same device
  CHECK(n.devices->of(n.ann.id.value).empty());
  CHECK(n.devices->of(n.bob.id.value).size() == 1);
  CHECK(n.subscribe(n.bob, "https://push.example/b") == 200);  // in place of the app
  CHECK(n.rows("walker_devices") == 1);
  for (int i = 0; i < 2; ++i) CHECK(n.world.send(n.bob, "DELETE", kDevices).status == 200);
  CHECK(n.rows("walker_devices") == 0);
  for (int i = 0; i < 12; ++i) {
    n.world.database.write([&](storage::Connection& connection) {
      walk::notices::register_app(connection, n.cat.id, 0, "t" + std::to_string(i), n.world.clock.now());
    });
    n.world.clock.advance(1s);
  }
  CHECK(n.rows("walker_devices") == 10);
  CHECK(n.world.number("SELECT COUNT(*) FROM walker_devices WHERE address IN ('t0', 't1')") == 0);
}

TEST_CASE("What is no device is refused") {
  Notices n(ON_EACH_DATABASE());
  for (const auto& bad :
       {std::string(), std::string("{}"), std::string("[]"), std::string(R"({"fcmToken":""})"),
        std::string(R"({"fcmToken":"a b"})"), std::string(R"({"fcmToken":"한글"})"), std::string(R"({"fcmToken":7})"),
        R"({"fcmToken":")" + std::string(1025, 'a') + "\"}",
        std::string(
            R"({"fcmToken":"a","subscription":{"endpoint":"https://a.example/","keys":{"p256dh":"","auth":""}}})"),
        std::string(R"({"subscription":{"endpoint":"https://a.example/","keys":{"p256dh":"","auth":""}}})")}) {
    INFO(bad);
    CHECK(n.world.send(n.ann, "PUT", kDevices, bad).status == 400);
  }
  CHECK(n.subscribe(n.ann, "http://10.0.0.1/") == 400);
  CHECK(n.subscribe(n.ann, std::string(kStandIn) + "/1") == 200);
  CHECK(Browser(n.world.node.address()).send("PUT", std::string(kDevices), "{}").status == 401);
  CHECK(n.rows("walker_devices") == 1);
}

TEST_CASE("In quiet hours of the walker's own clock nothing is delivered") {
  Notices n(ON_EACH_DATABASE());
  n.world.execute("UPDATE walkers SET offset_minutes = -600 WHERE id = " + std::to_string(n.bob.id.value));
  const auto quiet = [&](const Notices::Walker& who) {
    CHECK(n.world.send(who, "PATCH", "/api/v1/walkers/settings", R"({"quietHours":{"from":"22:00","to":"06:00"}})")
              .status == 200);
  };
  for (const auto& who : {n.ann, n.bob}) {
    REQUIRE(n.register_app(who, "t-" + who.nickname) == 200);
    quiet(who);
  }
  const auto is_told = [&](const Notices::Walker& who) {
    return n.devices->find(n.devices->of(who.id.value).at(0)).has_value();
  };
  // 17:00 at Ann's, 22:00 at Bob's.
  CHECK(is_told(n.ann));
  CHECK_FALSE(is_told(n.bob));
  n.world.clock.advance(8h);
  CHECK_FALSE(is_told(n.ann));
  CHECK(is_told(n.bob));
}

TEST_CASE("A device of one who takes part no more is told nothing, and one that is gone is removed") {
  Notices n(ON_EACH_DATABASE());
  REQUIRE(n.register_app(n.ann, "t") == 200);
  const auto id = n.devices->of(n.ann.id.value).at(0);
  CHECK_FALSE(n.devices->find(id + 1));
  n.devices->note(id, ports::PushDevices::Outcome::refused);
  CHECK(n.world.number("SELECT COUNT(*) FROM walker_devices WHERE failing_since IS NOT NULL") == 1);
  n.devices->note(id, ports::PushDevices::Outcome::fine);
  CHECK(n.world.number("SELECT COUNT(*) FROM walker_devices WHERE failing_since IS NOT NULL") == 0);
  n.world.set_status(n.ann, walk::walkers::Status::suspended);
  CHECK_FALSE(n.devices->find(id));
  n.devices->note(id, ports::PushDevices::Outcome::gone);
  CHECK(n.rows("walker_devices") == 0);
}

TEST_CASE("Of one thing and of many things a device is told so often") {
  Notices n(ON_EACH_DATABASE());
  REQUIRE(n.register_app(n.ann, "t") == 200);
  for (int i = 0; i < 3; ++i) n.tell(n.ann, Kind::cheer, n.bob);
  CHECK(n.pushes("walk-pushes-fcm") == 1);
  n.world.clock.advance(walk::notices::kPause);
  n.tell(n.ann, Kind::cheer, n.bob);
  CHECK(n.pushes("walk-pushes-fcm") == 2);
  n.world.clock.advance(walk::notices::kPause);
  n.world.execute("DELETE FROM outbox");
  for (int i = 0; i < walk::notices::kMostInPause + 5; ++i) {
    n.tell(n.ann, Kind::friend_request, n.world.walker("o" + std::to_string(i)));
    if (i % 5 == 0) n.world.execute("DELETE FROM outbox WHERE id < 0");
  }
  CHECK(n.pushes("walk-pushes-fcm") <= walk::notices::kMostInPause);
}

TEST_CASE("What is old is removed, by a clock that is confirmed") {
  Notices n(ON_EACH_DATABASE());
  REQUIRE(n.register_app(n.ann, "t") == 200);
  n.tell(n.ann, Kind::cheer, n.bob);
  n.world.clock.advance(walk::notices::kLife + 24h);
  CHECK(n.made->scheduler.run_now("walk-notices-purge"));
  CHECK(n.rows("walker_notices") == 0);
  CHECK(n.rows("walker_devices") == 1);
  n.world.clock.advance(walk::notices::kUnseen);
  CHECK(n.made->scheduler.run_now("walk-notices-purge"));
  CHECK(n.rows("walker_devices") == 0);
}
