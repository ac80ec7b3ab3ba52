// The list, what is marked as read, how much is kept, and what goes with an account.
#include "core/notifications/model.hpp"
#include "core/parts.hpp"
#include "notifications_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

/// So many unread likes of as many posts.
void fill(Browser& author, Browser& other, int posts) {
  for (int i = 0; i < posts; ++i) like(other, write_post(author));
}

std::int64_t user_of(Browser& browser) { return browser.get("/api/v1/users/me").number("/data/userId"); }

}  // namespace

TEST_CASE("The list goes on by key, the newest first") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto other = world.node.guest();
  fill(author, other, 5);
  const auto numbers = [&](std::string_view query) {
    return numbers_at(notifications_of(author, query).body, "/data/notifications", "notificationId");
  };
  const auto first = numbers("?size=2");
  REQUIRE(first.size() == 2);
  CHECK(first[0] > first[1]);
  const auto second = numbers("?size=2&lastNotificationId=" + std::to_string(first[1]));
  REQUIRE(second.size() == 2);
  CHECK(second[0] < first[1]);
  CHECK(numbers("?size=2&lastNotificationId=" + std::to_string(second[1])).size() == 1);
  CHECK(numbers("?size=999").size() == 5);
  CHECK(numbers("?lastNotificationId=1").empty());
  for (const auto* bad :
       {"?size=0", "?size=x", "?lastNotificationId=-1", "?lastNotificationId=1&lastNotificationId=2"}) {
    CHECK(author.get("/api/v1/notifications" + std::string(bad)).status == 400);
  }
  CHECK(world.node.browser().get("/api/v1/notifications").status == 401);
  CHECK(numbers_at(notifications_of(other).body, "/data/notifications", "notificationId").empty());
}

TEST_CASE("What is marked as read is what was seen, however often it is asked") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto other = world.node.guest();
  auto third = world.node.guest();
  fill(author, other, 1);
  const auto post = std::to_string(notifications_of(author).number("/data/notifications/0/feedId"));
  const auto seen = newest(author);
  like(third, post);  // between the look and the mark
  CHECK(mark_read(author, seen).number("/data/unreadCount") == 1);
  CHECK(told(author) == Told{"FEED_LIKE 2*"});
  const auto up_to = newest(author);
  for (int i = 0; i < 2; ++i) {
    CHECK(mark_read(author, up_to).number("/data/unreadCount") == 0);
    CHECK(told(author) == Told{"FEED_LIKE 2"});
  }
  // Numbers are each account's own.
  fill(third, other, 1);
  CHECK(mark_read(author, 1000).status == 200);
  CHECK(unread(third) == 1);
  CHECK(mark_read(author, 0).status == 200);
  for (const auto* bad : {R"({"upTo":-1})", R"({"upTo":"1"})", R"({"upTo":1.5})", "{}", "[]", ""}) {
    INFO(bad);
    CHECK(author.post("/api/v1/notifications/read", bad).status == 400);
  }
  CHECK(world.node.browser().post("/api/v1/notifications/read", R"({"upTo":1})").status == 401);
}

TEST_CASE("An account keeps the newest and remembers the latest, whatever others do") {
  using namespace core::notifications;
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto other = world.node.guest();
  const auto user = std::to_string(user_of(author));
  fill(author, other, 3);
  // As if they had been long ago, with many more before them.
  const auto shift = std::to_string(kKept + kRemembered);
  world.execute("UPDATE notifications SET number = number + " + shift + ", began = began + " + shift);
  world.execute("UPDATE notification_people SET number = number + " + shift);
  world.execute("UPDATE notification_counters SET last_number = last_number + " + shift);
  const auto copy = [&](int from) {
    world.execute(
        "INSERT INTO notifications (user_id, number, kind, feed_id, about, comment_id, name, people, times, "
        "began, seen, created_at) SELECT user_id, number - " +
        std::to_string(from) +
        ", kind, feed_id, about, comment_id, name, people, times, began, seen, "
        "created_at FROM notifications WHERE user_id = " +
        user);
  };
  for (int i = 3; i < kKept + 100; i *= 2) copy(i);
  REQUIRE(world.number("SELECT COUNT(*) FROM notifications") > kKept);
  CHECK(unread(author) == kCounted);

  const auto last = world.number("SELECT last_number FROM notification_counters");
  world.execute("UPDATE notification_people SET number = " + std::to_string(last - kRemembered));
  fill(author, other, 1);
  CHECK(world.number("SELECT COUNT(*) FROM notifications") == kKept);
  CHECK(world.number("SELECT MAX(number) FROM notifications") == last + 1);
  CHECK(world.number("SELECT COUNT(*) FROM notification_people") == 1);
}

TEST_CASE("What is older than 90 days goes, by a confirmed clock") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto other = world.node.guest();
  fill(author, other, 2);
  const auto older = std::to_string(std::chrono::milliseconds(91 * 24h).count());
  for (const auto* table : {"notifications", "notification_people"}) {
    world.execute("UPDATE " + std::string(table) + " SET created_at = created_at - " + older + " WHERE number = 1");
  }
  CHECK(world.node.scheduler().run_now("guest-purge").value().find("expired rows") != std::string::npos);
  CHECK(world.number("SELECT COUNT(*) FROM notifications") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM notification_people") == 1);
}

TEST_CASE("What an account was told goes with it, and others are no longer told who it was") {
  World world(ON_EACH_DATABASE());
  const core::Parts parts;
  auto author = world.node.guest();
  auto other = world.node.guest();
  fill(author, other, 2);
  fill(other, author, 1);
  const UserId leaving{user_of(other)};
  world.database.write([&](storage::Connection& c) {
    core::accounts::lock_account(c, leaving);
    parts.life_cycle.remove(c, leaving);
  });
  CHECK(world.number("SELECT COUNT(*) FROM notification_people") == 0);
  CHECK(world.number("SELECT COUNT(*) FROM notification_counters") == 1);
  CHECK(told(author) == Told{"FEED_LIKE 1*", "FEED_LIKE 1*"});
}

TEST_CASE("What a guest was told is the member's whom they become, as the latest") {
  World world(ON_EACH_DATABASE());
  const core::Parts parts;
  auto guest = world.node.guest();
  const auto member = world.node.create_user();
  auto browser = world.node.signed_in(member);
  auto other = world.node.guest();
  fill(browser, other, 2);
  fill(guest, other, 1);
  mark_read(browser, newest(browser));
  like(guest, write_post(browser));
  const UserId from{user_of(guest)};
  world.database.write([&](storage::Connection& c) {
    core::accounts::lock_account(c, from);
    parts.life_cycle.merge(c, from, member);
  });
  CHECK(told(browser) == Told{"FEED_LIKE 1*", "FEED_LIKE 1*", "FEED_LIKE 1", "FEED_LIKE 1"});
  const auto before = newest(browser);
  fill(browser, other, 1);
  CHECK(newest(browser) > before);
}
