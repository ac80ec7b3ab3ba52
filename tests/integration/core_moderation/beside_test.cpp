// Two moderators at once, and an answer that is lost.
#include "support/core/beside.hpp"

#include <atomic>
#include <thread>

#include "moderation_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

TEST_CASE("Two moderators who decide at once: one does, the other is told what stands") {
  Moderated world(ON_EACH_DATABASE());
  const auto post = write_post(world.author);
  REQUIRE(report(world.reader, "FEED", post).status == 201);
  const auto id = first_report(world.moderator);
  const bool same = GENERATE(true, false);
  Answer one, two;
  std::thread first([&] { one = decide(world.moderator, id, R"({"decision":"HIDE","reason":"하나"})"); });
  std::thread second([&] {
    two = decide(world.admin, id, same ? R"({"decision":"HIDE","reason":"둘"})" : R"({"decision":"DISMISS"})");
  });
  first.join();
  second.join();
  CHECK(world.number("SELECT COUNT(*) FROM audit_trail") == 1);
  if (same) {
    CHECK(one.status == 200);
    CHECK(two.status == 200);
    CHECK(one.number("/data/decision/by") == two.number("/data/decision/by"));
  } else {
    CHECK(one.status + two.status == 200 + 409);
    CHECK((post_of(world.reader, post).status == 404) == (one.status == 200));
  }
}

TEST_CASE("Reports of one thing at once are one entry") {
  Moderated world(ON_EACH_DATABASE());
  const auto post = write_post(world.author);
  std::vector<Browser> reporters{world.reader, world.moderator, world.admin};
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (auto& each : reporters) {
    threads.emplace_back([&] { good += report(each, "FEED", post).status == 201 ? 1 : 0; });
  }
  for (auto& each : threads) each.join();
  CHECK(good == 3);
  const auto listed = reports_for(world.moderator);
  REQUIRE(count_of(listed, "/data/reports") == 1);
  CHECK(listed.number("/data/reports/0/memberCount") == 3);
}
