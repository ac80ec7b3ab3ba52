// What moderators see of what walkers reported, and what becomes of it: in process, and asked of another node.
#include <thread>

#include "reports_talk.hpp"
#include "walk/module.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using Decision = ports::ReportedNames::Decision;
using Kind = ports::ReportedNames::Kind;
using State = ports::ReportedNames::State;

namespace {

constexpr std::int64_t kTop = std::numeric_limits<std::int64_t>::max();

/// "" where it was done; else the kind of failure.
std::string failure(const Result<ports::ReportedNames::Reported>& result) {
  if (result) return "";
  switch (result.failure().kind) {
    case FailureKind::invalid:
      return "invalid";
    case FailureKind::not_found:
      return "not found";
    case FailureKind::conflict:
      return "conflict";
    default:
      return "unavailable";
  }
}

struct Deciding : Reports {
  Deciding(storage::Dialect dialect, bool elsewhere) : Reports(dialect), port(elsewhere ? remote() : names) {}

  std::int64_t reported(const Walker& who, const std::string& kind, const std::string& target) {
    REQUIRE(report(who, kind, target, R"(,"text":"말")") == 201);
    return port->list(State::open, kTop, 1)->reports.at(0).id;
  }
  std::string decide(std::int64_t id, Decision decision, const std::string& name = "") {
    // What is said to become of it becomes of it.
    const auto before = world.number("SELECT COUNT(*) FROM walk_report_cases WHERE is_open = 1");
    const auto said = failure(port->check(id, {decision, name}));
    CHECK(world.number("SELECT COUNT(*) FROM walk_report_cases WHERE is_open = 1") == before);
    const auto done = failure(port->decide(id, {decision, name}));
    CHECK(said == done);
    return done;
  }
  std::string nickname(const Walker& who) {
    const auto row = world.database.read([&](storage::Connection& connection) {
      return connection.one<std::string>("SELECT nickname FROM walkers WHERE id = :id", who.id);
    });
    return std::get<0>(row.value());
  }

  std::shared_ptr<ports::ReportedNames> port;
};

}  // namespace

TEST_CASE("A decision on a nickname does what it says, once") {
  Deciding d(ON_EACH_DATABASE(), GENERATE(false, true));
  const auto id = d.reported(d.ann, "WALKER", d.bob.uuid);
  SECTION("keep") {
    CHECK(d.decide(id, Decision::keep) == "");
    CHECK(d.nickname(d.bob) == "bob");
    CHECK(d.decide(id, Decision::keep) == "");
    CHECK(d.decide(id, Decision::remove) == "conflict");
  }
  SECTION("rename") {
    CHECK(d.decide(id, Decision::rename, "x") == "invalid");
    CHECK(d.decide(id, Decision::rename, "CAT") == "conflict");
    CHECK(d.decide(id, Decision::rename, "walker_7") == "");
    CHECK(d.nickname(d.bob) == "walker_7");
    CHECK(d.decide(id, Decision::rename, "walker_7") == "");
    CHECK(d.decide(id, Decision::rename, "walker_8") == "conflict");
  }
  SECTION("remove") {
    CHECK(d.decide(id, Decision::remove) == "");
    CHECK(d.nickname(d.bob) == "");
    CHECK(d.decide(id, Decision::remove) == "");
  }
  SECTION("suspend") {
    CHECK(d.decide(id, Decision::suspend) == "");
    CHECK(d.count("status", "walkers WHERE nickname = 'bob'") == 1);
    CHECK(d.count("COUNT(*)", "walker_sessions WHERE walker_id = " + std::to_string(d.bob.id.value)) == 0);
  }
  SECTION("who leaves goes on leaving") {
    d.world.set_status(d.bob, walk::walkers::Status::leaving);
    CHECK(d.decide(id, Decision::suspend) == "");
    CHECK(d.count("status", "walkers WHERE nickname = 'bob'") == 2);
  }
  CHECK(d.port->list(State::open, kTop, 10)->reports.empty());
  CHECK(d.port->list(State::open, kTop, 10)->open == 0);
  const auto closed = d.port->list(State::decided, kTop, 10)->reports;
  REQUIRE(closed.size() == 1);
  CHECK(closed[0].name == "bob");
  CHECK(closed[0].decision.has_value());
  CHECK(closed[0].decided_on.has_value());
  CHECK(d.decide(id + 1, Decision::keep) == "not found");
}

TEST_CASE("A decision on a group's name, or on who cheers") {
  Deciding d(ON_EACH_DATABASE(), GENERATE(false, true));
  const auto group = d.group_of(d.ann, d.bob, "나쁜 이름");
  const auto names_of_bob = [&] { return d.world.get(d.bob, "/api/v1/groups").body; };
  SECTION("a group is renamed") {
    const auto id = d.reported(d.bob, "GROUP", group);
    CHECK(d.decide(id, Decision::suspend) == "invalid");
    CHECK(d.decide(id, Decision::rename, "...") == "invalid");
    CHECK(d.decide(id, Decision::rename, "  그룹 ") == "");
    CHECK_THAT(names_of_bob(), Catch::Contains("\"그룹\""));
    CHECK(d.decide(id, Decision::rename, "그룹") == "");
  }
  SECTION("a group is closed") {
    const auto id = d.reported(d.bob, "GROUP", group);
    CHECK(d.decide(id, Decision::remove) == "");
    CHECK_THAT(names_of_bob(), !Catch::Contains(group));
    CHECK(d.decide(id, Decision::remove) == "");
  }
  SECTION("a group that its owner ended meanwhile") {
    const auto id = d.reported(d.bob, "GROUP", group);
    REQUIRE(d.world.send(d.ann, "DELETE", "/api/v1/groups/" + group).status == 204);
    const auto open = d.port->list(State::open, kTop, 10)->reports;
    CHECK(open.at(0).name == "나쁜 이름");
    CHECK_FALSE(open.at(0).name_now.has_value());
    CHECK(d.decide(id, Decision::rename, "그룹") == "not found");
    CHECK(d.decide(id, Decision::remove) == "");
  }
  SECTION("who cheers") {
    d.cheer(d.ann, d.bob);
    const auto id = d.reported(d.ann, "CHEER", d.bob.uuid);
    CHECK(d.decide(id, Decision::suspend) == "");
    CHECK(d.count("status", "walkers WHERE nickname = 'bob'") == 1);
  }
}

TEST_CASE("What was decided is asked about again when it is another thing") {
  Deciding d(ON_EACH_DATABASE(), false);
  SECTION("a nickname that its walker changed") {
    REQUIRE(d.decide(d.reported(d.ann, "WALKER", d.bob.uuid), Decision::keep) == "");
    CHECK(d.report(d.ann, d.bob) == 201);
    CHECK(d.open_cases() == 0);
    d.call(d.bob, "worse");
    CHECK(d.report(d.ann, d.bob) == 201);
    CHECK(d.open_cases() == 1);
  }
  SECTION("another walker asks") {
    REQUIRE(d.decide(d.reported(d.ann, "WALKER", d.bob.uuid), Decision::keep) == "");
    CHECK(d.report(d.cat, d.bob) == 201);
    CHECK(d.open_cases() == 1);
  }
  SECTION("another cheer") {
    d.cheer(d.ann, d.bob);
    REQUIRE(d.decide(d.reported(d.ann, "CHEER", d.bob.uuid), Decision::keep) == "");
    CHECK(d.report(d.ann, "CHEER", d.bob.uuid) == 201);
    CHECK(d.open_cases() == 0);
    d.world.clock.advance(std::chrono::hours(1));
    d.cheer(d.ann, d.bob);
    CHECK(d.report(d.ann, "CHEER", d.bob.uuid) == 201);
    CHECK(d.open_cases() == 1);
  }
}

TEST_CASE("A list says what was reported, how often and why, and nothing that tells a walker") {
  Deciding d(ON_EACH_DATABASE(), GENERATE(false, true));
  REQUIRE(d.report(d.ann, "WALKER", d.bob.uuid, R"(,"text":"처음")") == 201);
  REQUIRE(d.report(d.cat, "WALKER", d.bob.uuid) == 201);
  REQUIRE(d.report(d.bob, d.cat) == 201);
  d.call(d.bob, "bobby");
  const auto page = d.port->list(State::open, kTop, 10);
  REQUIRE(page);
  CHECK(page->open == 2);
  REQUIRE(page->reports.size() == 2);
  CHECK(page->reports[0].name == "cat");
  const auto& of = page->reports[1];
  CHECK(of.kind == Kind::walker);
  CHECK(of.name == "bob");
  CHECK(of.name_now == "bobby");
  CHECK(of.reports == 2);
  REQUIRE(of.reasons.size() == 1);
  CHECK(of.reasons[0].reason == ReportReason::abuse);
  CHECK(of.reasons[0].times == 2);
  REQUIRE(of.said.size() == 1);
  CHECK(of.said[0].text == "처음");
  CHECK_FALSE(of.decision.has_value());
  CHECK(d.port->list(State::open, page->reports[0].id, 10)->reports.size() == 1);
  CHECK(d.port->list(State::open, kTop, 1)->reports.size() == 1);
}

TEST_CASE("Of two who decide at once one is heard") {
  Reports r(ON_EACH_DATABASE());
  for (int round = 0; round < 5; ++round) {
    r.call(r.bob, "bob" + std::to_string(round));
    REQUIRE(r.report(round % 2 == 0 ? r.ann : r.cat, r.bob) == 201);
    const auto id = r.names->list(State::open, kTop, 1)->reports.at(0).id;
    std::string here, there;
    std::thread other([&] { there = failure(r.names->decide(id, {Decision::keep, ""})); });
    here = failure(r.names->decide(id, {Decision::rename, "walker_" + std::to_string(round)}));
    other.join();
    CHECK((here == "" ? there : here) == "conflict");
    CHECK((here == "" || there == ""));
  }
}

TEST_CASE("What was decided long ago is removed, and what waits is not") {
  Deciding d(ON_EACH_DATABASE(), false);
  REQUIRE(d.decide(d.reported(d.ann, "WALKER", d.bob.uuid), Decision::keep) == "");
  REQUIRE(d.report(d.ann, d.cat) == 201);
  const auto run = [&] { d.world.node.host().scheduler.run_now("walk-reports-purge").value(); };
  d.world.clock.advance(walk::reports::kLife - std::chrono::hours(1));
  run();
  CHECK(d.count("COUNT(*)", "walk_report_cases") == 2);
  d.world.clock.advance(std::chrono::hours(2));
  run();
  CHECK(d.count("COUNT(*)", "walk_report_cases WHERE name = 'cat'") == 1);
  CHECK(d.count("COUNT(*)", "walk_report_cases") == 1);
  CHECK(d.kept() == 1);
}

TEST_CASE("An operator lists and decides at the command line") {
  Deciding d(ON_EACH_DATABASE(), false);
  const auto id = std::to_string(d.reported(d.ann, "WALKER", d.bob.uuid));
  walk::WalkModule module;
  const auto command = [&](const std::string& name, const GivenOptions& given, bool json = true) {
    return d.world.node.command(module.commands(), "walkers", name, given, json).out;
  };
  CHECK_THAT(command("reports", {}), Catch::Contains("\"reportId\":" + id) && Catch::Contains("\"bob\"") &&
                                         Catch::Contains("ABUSE 1") && !Catch::Contains(d.bob.uuid));
  CHECK_THAT(command("reports", {}, false), Catch::Contains("WALKER") && Catch::Contains("bob"));
  CHECK_THROWS_AS(command("decide", {{"id", id}, {"decision", "rename"}}), std::invalid_argument);
  CHECK_THROWS_AS(command("decide", {{"id", id}, {"decision", "keep"}, {"name", "walker_1"}}), std::invalid_argument);
  CHECK_THROWS_AS(command("decide", {{"decision", "keep"}}), std::invalid_argument);
  CHECK_THROWS_AS(command("decide", {{"id", "77"}, {"decision", "keep"}}), std::runtime_error);
  CHECK_THAT(command("decide", {{"id", id}, {"decision", "rename"}, {"name", "walker_1"}}), Catch::Contains("RENAME"));
  CHECK(d.nickname(d.bob) == "walker_1");
  CHECK_THAT(command("reports", {}), !Catch::Contains("\"reportId\":" + id));
  CHECK_THAT(command("reports", {{"state", "decided"}}), Catch::Contains("\"reportId\":" + id));
}
