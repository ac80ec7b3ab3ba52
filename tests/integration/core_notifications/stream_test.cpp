// Live: what is told while a stream is open, what it missed, and when it ends.
#include "core/notifications/streams.hpp"
#include "event_source.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;
using core::notifications::Streams;

namespace {

/// Longer than anything is held back to be drawn together.
void pass(World& world) { world.clock.advance(2 * Streams::kPace.pause); }

std::string last_id(std::int64_t number) { return "Last-Event-ID: " + std::to_string(number) + "\r\n"; }

}  // namespace

TEST_CASE("Who is liked is told at once, with the list's own object and number") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto other = world.node.guest();
  const auto post = write_post(author);
  EventSource stream(world.node, author);
  CHECK(stream.head.status == 200);
  CHECK(stream.head.header("content-type") == "text/event-stream");
  CHECK(stream.head.header("cache-control") == "no-store");
  CHECK(stream.head.header("x-accel-buffering") == "no");
  CHECK(stream.block().starts_with("retry: "));
  CHECK(stream.unread() == 0);

  pass(world);
  like(other, post);
  CHECK(stream.next("notification") == notifications_of(author).at("/data/notifications/0"));
  CHECK(stream.last_id == std::to_string(newest(author)));
  CHECK(stream.unread() == 1);

  // Others of the account hear it, too, and what is read in one is read in all.
  EventSource second(world.node, author);
  CHECK(second.unread() == 1);
  pass(world);
  mark_read(author, newest(author));
  CHECK(stream.unread() == 0);
  CHECK(second.unread() == 0);
  pass(world);
  unlike(other, post);
  pass(world);
  write_comment(other, post);
  pass(world);  // what was taken back may have been looked at only now
  CHECK(stream.told() == "COMMENT 1");
  CHECK(second.told() == "COMMENT 1");
}

TEST_CASE("What was missed comes first, by the number of what was seen last") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto other = world.node.guest();
  for (int i = 0; i < 3; ++i) like(other, write_post(author));
  const auto last = newest(author);
  {
    EventSource resumed(world.node, author, "", last_id(last - 2));
    CHECK(resumed.next("notification").at("notificationId").as_int64() == last - 1);
    CHECK(resumed.next("notification").at("notificationId").as_int64() == last);
  }
  {  // for who cannot set the field; which is the later of both
    EventSource resumed(world.node, author, "?lastEventId=" + std::to_string(last - 1));
    CHECK(resumed.next("notification").at("notificationId").as_int64() == last);
    EventSource both(world.node, author, "?lastEventId=0", last_id(last - 1));
    CHECK(both.next("notification").at("notificationId").as_int64() == last);
  }
  // One that is none of ours begins with what comes: an EventSource that is refused never comes again.
  for (const auto* bad : {"x", "-1", "99999999999999999999", "1000", ""}) {
    INFO(bad);
    EventSource fresh(world.node, author, "", "Last-Event-ID: " + std::string(bad) + "\r\n");
    CHECK(fresh.head.status == 200);
    CHECK(fresh.unread() == 3);
    CHECK(fresh.last_id.empty());
  }
  for (const auto* bad : {"?lastEventId=x", "?lastEventId=-1", "?lastEventId=1&lastEventId=2"}) {
    CHECK(author.get("/api/v1/notifications/stream" + std::string(bad)).status == 400);
  }
  CHECK(EventSource(world.node, world.node.browser()).head.status == 401);
  auto head = author.send("HEAD", "/api/v1/notifications/stream");
  CHECK(head.status == 200);
  CHECK(head.field("content-type") == "text/event-stream");
  CHECK(author.post("/api/v1/notifications/stream").status == 405);
}

TEST_CASE("Who was away for long gets all of it, in order, however long each is") {
  World world(storage::Dialect::sqlite);
  const bool of_the_longest = GENERATE(false, true);
  auto author = world.node.guest();
  auto other = world.node.guest();
  like(other, write_post(author));
  for (int i = 2; i <= 120; ++i) {
    world.execute(
        "INSERT INTO notifications (user_id, number, kind, feed_id, about, name, people, times, began, seen, "
        "created_at) SELECT user_id, " +
        std::to_string(i) +
        ", kind, feed_id, about, name, people, times, began, seen, created_at FROM notifications WHERE number = 1");
  }
  world.execute("UPDATE notification_counters SET last_number = 120");
  if (of_the_longest) {
    std::string words;
    for (int i = 0; i < 600; ++i) words += "\U0001F4B0";
    world.execute("UPDATE notifications SET kind = 5, words = '" + words + "', words_en = '" + words + "'");
  }
  EventSource stream(world.node, author, "?lastEventId=0");
  for (int i = 1; i <= 120; ++i) CHECK(stream.next("notification").at("notificationId").as_int64() == i);
}

TEST_CASE("A new post is told to all, many at once are told together") {
  World world(storage::Dialect::sqlite);
  auto author = world.node.guest();
  auto reader = world.node.guest();
  EventSource stream(world.node, reader);
  CHECK(stream.unread() == 0);
  const auto first = write_post(author);
  CHECK(std::to_string(stream.next("feed").at("newestFeedId").as_int64()) == first);
  std::string last;
  for (int i = 0; i < 3; ++i) last = write_post(author);
  pass(world);
  const auto told = stream.next("feed");
  CHECK(std::to_string(told.at("newestFeedId").as_int64()) == last);
  // Who comes later knows at once how far the feed is.
  EventSource later(world.node, reader);
  CHECK(std::to_string(later.next("feed").at("newestFeedId").as_int64()) == last);
  // Deleted before it was told: nobody sees it.
  const auto gone = write_post(author);
  CHECK(author.send("DELETE", "/api/v1/feeds/" + gone).status == 200);
  pass(world);
  const auto seen = write_post(author);
  pass(world);
  auto next = stream.next("feed").at("newestFeedId").as_int64();
  if (std::to_string(next) == gone) next = stream.next("feed").at("newestFeedId").as_int64();
  CHECK(std::to_string(next) == seen);
}

TEST_CASE("Heartbeats go on, and within the hour each stream ends and says when to come again") {
  World world(storage::Dialect::sqlite);
  auto author = world.node.guest();
  EventSource stream(world.node, author);
  CHECK(stream.unread() == 0);
  for (int i = 0; i < 3; ++i) {
    world.clock.advance(http::EventStreams::kHeartbeatEvery);
    CHECK(stream.next("heartbeat").as_object().empty());
  }
  world.clock.advance(http::EventStreams::kLongest);
  CHECK(stream.ended());
  CHECK(stream.last_block.starts_with("retry: "));
  CHECK(EventSource(world.node, author).head.status == 200);
}

TEST_CASE("A stream ends with its session, however that ends") {
  World world(storage::Dialect::sqlite);
  const auto user = world.node.create_user();
  auto first = world.node.signed_in(user);
  auto second = world.node.signed_in(user);
  auto other = world.node.guest();
  EventSource stays(world.node, other);
  EventSource goes(world.node, first);
  EventSource goes_on(world.node, second);
  CHECK(goes.unread() == 0);
  CHECK(goes_on.unread() == 0);
  CHECK(stays.unread() == 0);

  SECTION("signed out") {
    auto signed_out = first;
    CHECK(signed_out.post("/api/logout").status == 200);
    CHECK(goes.ended());
    CHECK(EventSource(world.node, first).head.status == 401);
    pass(world);
    like(other, write_post(second));
    CHECK(goes_on.told() == "FEED_LIKE 1");
  }
  SECTION("all others ended from another browser") {
    CHECK(second.send("DELETE", "/api/v1/sessions").status == 200);
    CHECK(goes.ended());
    pass(world);
    like(other, write_post(second));
    CHECK(goes_on.told() == "FEED_LIKE 1");
  }
  SECTION("suspended") {
    world.node.users("suspend", {{"id", std::to_string(user.value)}, {"reason", "no"}});
    CHECK(goes.ended());
    CHECK(goes_on.ended());
  }
  SECTION("suspended by somebody who tells nobody") {
    world.execute("UPDATE accounts SET status = 3 WHERE id = " + std::to_string(user.value));
    world.clock.advance(Streams::kPace.look);
    CHECK(goes.ended());
    CHECK(goes_on.ended());
  }
  pass(world);
  write_post(other);
  CHECK(stays.next("feed").at("newestFeedId").as_int64() > 0);
}

TEST_CASE("Nodes that share only the database find what the other wrote") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto other = world.node.guest();
  const auto post = write_post(author);
  const auto second = world.second_node();
  world.database.tell_notices_to({});
  EventSource stream(*second, author);
  CHECK(stream.unread() == 0);
  like(other, post);
  world.clock.advance(Streams::kPace.look);
  CHECK(stream.told() == "FEED_LIKE 1");
  CHECK(stream.unread() == 1);
  const auto told = write_post(author);
  world.clock.advance(Streams::kPace.look);
  while (std::to_string(stream.next("feed").at("newestFeedId").as_int64()) != told) continue;
}

TEST_CASE("For one more than an account may have, its oldest stream ends") {
  World world(storage::Dialect::sqlite);
  auto author = world.node.guest();
  auto other = world.node.guest();
  EventSource beside(world.node, other);
  std::vector<std::unique_ptr<EventSource>> streams;
  for (std::size_t i = 0; i <= http::EventStreams::kMostOfReader; ++i) {
    streams.push_back(std::make_unique<EventSource>(world.node, author));
    CHECK(streams.back()->head.status == 200);
    CHECK(streams.back()->unread() == 0);
  }
  CHECK(streams.front()->ended());
  CHECK(streams.front()->last_block == "retry: 60000");
  pass(world);
  like(other, write_post(author));
  for (std::size_t i = 1; i < streams.size(); ++i) CHECK(streams[i]->told() == "FEED_LIKE 1");
  CHECK(beside.unread() == 0);
}
