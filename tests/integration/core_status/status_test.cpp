// GET /api/v1/admin/status: who may read it, and what it says.
#include <array>
#include <atomic>
#include <string>

#include "support/core/feed_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;
using Weight = telemetry::Finding::Weight;

namespace {

constexpr std::string_view kPath = "/api/v1/admin/status";

struct Overseen : World {
  explicit Overseen(storage::Dialect dialect) : World(dialect) { node.overview().add_to(node.scheduler()); }

  Browser admin = node.signed_in(node.create_user("ADMIN"));

  void end_minute() {
    clock.advance(1min);
    REQUIRE(node.scheduler().run_now("overview-watch"));
  }
};

std::size_t length(const Answer& answer, const std::string& pointer) { return answer.at(pointer).as_array().size(); }

}  // namespace

TEST_CASE("How the node is admins read, and nobody else") {
  Overseen world(ON_EACH_DATABASE());
  auto nobody = world.node.browser();
  auto guest = world.node.guest();
  auto member = world.node.signed_in(world.node.create_user());
  auto moderator = world.node.signed_in(world.node.create_user("MODERATOR"));
  CHECK(nobody.get(kPath).status == 401);
  for (auto* each : {&guest, &member, &moderator}) {
    const auto refused = each->get(kPath);
    CHECK(refused.status == 403);
    CHECK(refused.at("/data").is_null());
  }
  CHECK(world.admin.get(kPath).status == 200);
  CHECK(world.admin.send("POST", kPath, "{}").status == 405);
}

TEST_CASE("A node that has just started says so, and nothing that it does not know") {
  Overseen world(storage::Dialect::sqlite);
  const auto seen = world.admin.get(kPath);
  REQUIRE(seen.status == 200);
  CHECK(seen.at("/data/state") == "READY");
  CHECK(seen.at("/data/text") == "노드가 정상으로 동작합니다.");
  CHECK(length(seen, "/data/history/requests") == 0);
  CHECK(seen.at("/data/lastBackupAt").is_null());
  CHECK(seen.at("/data/storage/diskFreeBytes").is_null());
  CHECK(seen.number("/data/recently/seconds") == 0);
  CHECK(seen.number("/data/memoryBytes") > 0);
}

TEST_CASE("What /readyz notes or cannot do without is said in the language of who asks") {
  Overseen world(storage::Dialect::sqlite);
  std::atomic<Weight> weight{Weight::note};
  world.node.health().add("extension", [&weight] {
    return telemetry::Finding{weight, "http://10.0.0.3:8092: no answer"};
  });
  auto seen = world.admin.get(kPath);
  CHECK(seen.at("/data/state") == "DEGRADED");
  CHECK(seen.at("/data/text") == "노드가 동작하지만 살펴볼 것이 있습니다.");
  CHECK(seen.at("/data/checks/0/name") == "extension");
  CHECK(seen.at("/data/checks/0/state") == "NOTE");
  CHECK(seen.at("/data/checks/0/text") == "http://10.0.0.3:8092: no answer");
  weight = Weight::unready;
  seen = world.admin.send("GET", kPath, "", {{"Accept-Language", "en"}});
  CHECK(seen.status == 200);
  CHECK(seen.at("/data/state") == "UNREADY");
  CHECK(seen.at("/data/text") == "The node cannot do its work. See the reasons below.");
  CHECK(seen.at("/data/checks/0/state") == "UNREADY");
}

TEST_CASE("Minutes are drawn from what was answered, and hold nobody's name or number") {
  Overseen world(storage::Dialect::sqlite);
  const auto author = world.node.create_user();
  auto member = world.node.signed_in(author);
  const auto before = world.admin.get(kPath).number("/data/sinceStart/requests");
  for (int i = 0; i < 5; ++i) REQUIRE(member.get("/api/v1/users/" + std::to_string(author.value)).status == 200);
  world.end_minute();
  REQUIRE(member.get("/api/v1/feeds/999").status == 404);
  world.clock.advance(5s);
  const auto seen = world.admin.get(kPath);
  REQUIRE(length(seen, "/data/history/requests") == 1);
  for (const auto* column : {"secondsAgo", "failures", "p50Ms", "p95Ms", "waiting", "memoryBytes", "connections"}) {
    CHECK(length(seen, "/data/history/" + std::string(column)) == 1);
  }
  CHECK(seen.number("/data/history/secondsAgo/0") == 5);
  CHECK(seen.number("/data/history/requests/0") >= before + 5);
  CHECK(seen.number("/data/recently/requests") >= seen.number("/data/history/requests/0") + 1);
  CHECK(seen.number("/data/recently/failures") == 0);
  CHECK(seen.number("/data/recently/seconds") == 65);
  CHECK(seen.body.find('@') == std::string::npos);
  CHECK(seen.body.find("/api/v1/") == std::string::npos);
  for (int i = 0; i < 200; ++i) world.end_minute();
  auto later = world.node.signed_in(world.node.create_user("ADMIN"));  // the session is over by then
  CHECK(length(later.get(kPath), "/data/history/requests") == 180);
}
