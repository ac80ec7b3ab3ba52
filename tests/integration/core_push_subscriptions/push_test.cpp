// Whose browsers are told of something, how often, and until when.
#include "subscribing.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

TEST_CASE("Who is subscribed is told once of a thing for a while, and nobody else is") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto one = world.node.guest();
  auto two = world.node.guest();
  const auto post = write_post(author);
  like(one, post);
  CHECK(pushes(world) == 0);
  for (int i = 0; i < 2; ++i) CHECK(subscribe(author, endpoint(1)).status == 200);
  CHECK(subscribe(one, endpoint(2)).status == 200);
  like(two, post);
  write_comment(one, post);
  CHECK(pushes(world) == 2);  // a like and a comment are two things
  write_comment(two, post);
  CHECK(pushes(world) == 2);
  world.clock.advance(core::push_subscriptions::kPause);
  write_comment(two, post);
  CHECK(pushes(world) == 3);
  author.send("PUT", "/api/v1/feedLikes/" + post);  // one's own
  CHECK(pushes(world) == 3);
  CHECK(world.number("SELECT COUNT(*) FROM outbox WHERE payload LIKE '%push.example%' OR payload LIKE '%만%'") == 0);
}

TEST_CASE("Much-liked things are not pushed without end") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto other = world.node.guest();
  subscribe(author, endpoint(1));
  for (int i = 0; i < core::push_subscriptions::kMostInPause + 3; ++i) like(other, write_post(author));
  CHECK(pushes(world) == core::push_subscriptions::kMostInPause);
}

TEST_CASE("A browser has one subscription, and it is whoever's is signed in there") {
  World world(ON_EACH_DATABASE());
  auto one = world.node.guest();
  auto two = world.node.guest();
  subscribe(one, endpoint(1));
  subscribe(one, endpoint(2));  // in place of the first
  CHECK(subscriptions(world) == 1);
  subscribe(two, endpoint(2));  // signs in in the same browser
  CHECK(subscriptions(world) == 1);
  CHECK(world.number("SELECT user_id FROM push_subscriptions") == user_of(two).value);
  const auto post = write_post(one);
  like(two, post);
  CHECK(pushes(world) == 0);
  for (int i = 0; i < 2; ++i) CHECK(two.send("DELETE", std::string(kSubscriptions)).status == 200);
  CHECK(subscriptions(world) == 0);
  CHECK(world.node.browser().send("DELETE", std::string(kSubscriptions)).status == 401);
  auto nobody = world.node.browser();
  CHECK(subscribe(nobody, endpoint(3)).status == 401);
  for (const auto* bad : {"", "{}", "[]", R"({"endpoint":"http://10.0.0.1/","keys":{"p256dh":"","auth":""}})"}) {
    CHECK(one.send("PUT", std::string(kSubscriptions), bad).status == 400);
  }
}

TEST_CASE("An account has ten; one more replaces the one that was not seen the longest") {
  World world(ON_EACH_DATABASE());
  const auto member = world.node.create_user();
  std::vector<Browser> browsers;
  for (int i = 0; i < 11; ++i) {
    browsers.push_back(world.node.signed_in(member));
    if (i == 10) {  // the first was not seen for a month, the second neither, and the first is seen again
      for (const auto* number : {"0", "1"}) {
        world.execute("UPDATE push_subscriptions SET seen_at = seen_at - 2592000000 WHERE endpoint LIKE '%/" +
                      std::string(number) + "'");
      }
      subscribe(browsers.front(), endpoint(0));
    }
    subscribe(browsers.back(), endpoint(i));
  }
  CHECK(subscriptions(world) == 10);
  CHECK(world.number("SELECT COUNT(*) FROM push_subscriptions WHERE endpoint LIKE '%/0'") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM push_subscriptions WHERE endpoint LIKE '%/1'") == 0);
}

TEST_CASE("Who signed out, or may not come in any more, is told of nothing") {
  World world(ON_EACH_DATABASE());
  const auto member = world.node.create_user();
  auto first = world.node.signed_in(member);
  auto second = world.node.signed_in(member);
  auto other = world.node.guest();
  const auto post = write_post(first);
  subscribe(first, endpoint(1));
  subscribe(second, endpoint(2));
  REQUIRE(first.post("/api/logout", "").status < 400);
  like(other, post);
  CHECK(pushes(world) == 1);
  CHECK(subscriptions(world) == 1);
  world.node.users("suspend", {{"id", std::to_string(member.value)}, {"reason", "spam"}});
  CHECK(subscriptions(world) == 0);
}

TEST_CASE("What is not seen any more, and what has failed for a week, goes by a confirmed clock") {
  World world(ON_EACH_DATABASE());
  std::vector<Browser> browsers;
  for (int i = 0; i < 3; ++i) {
    browsers.push_back(world.node.guest());
    subscribe(browsers.back(), endpoint(i));
  }
  const auto ago = [](std::chrono::hours span) {
    return " - " + std::to_string(std::chrono::milliseconds(span).count());
  };
  world.execute("UPDATE push_subscriptions SET seen_at = seen_at" + ago(91 * 24h) + " WHERE endpoint LIKE '%/0'");
  world.execute("UPDATE push_subscriptions SET failing_since = seen_at" + ago(8 * 24h) + " WHERE endpoint LIKE '%/1'");
  world.execute("UPDATE push_subscriptions SET failing_since = seen_at" + ago(6 * 24h) + " WHERE endpoint LIKE '%/2'");
  REQUIRE(world.node.scheduler().run_now("guest-purge"));
  CHECK(subscriptions(world) == 1);
  subscribe(browsers.back(), endpoint(2));
  CHECK(world.number("SELECT COUNT(*) FROM push_subscriptions WHERE failing_since IS NULL") == 1);
}
