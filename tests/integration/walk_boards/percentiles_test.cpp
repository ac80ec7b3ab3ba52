#include "boards/percentiles.hpp"

#include "boards_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

struct Crowd : Boards {
  explicit Crowd(storage::Dialect dialect, int others) : Boards(dialect) {
    for (int i = 1; i <= others; ++i) {
      const auto who = world.walker("w" + std::to_string(i));
      opt(who, true);
      walk(who, "2027-01-15", i * 100);
    }
  }
  Answer opt(const Walker& who, bool in) {
    return world.send(who, "PUT", "/api/v1/boards/percentile", in ? R"({"optIn":true})" : R"({"optIn":false})");
  }
  std::int64_t renew() {
    return walk::boards::renew_percentiles(world.database, {walk::boards::Period::today, world.clock.now(), 50},
                                           [] { return true; });
  }
  /// -1: nothing is said.
  std::int64_t percent(const Walker& who) {
    const auto percent = world.get(who, "/api/v1/boards/percentile").at("/data/percent");
    return percent.is_null() ? -1 : percent.as_int64();
  }
};

}  // namespace

TEST_CASE("Who wants it is told what part of fifty others or more walked less, and not of fewer") {
  Crowd c(ON_EACH_DATABASE(), 48);
  CHECK(c.world.get(c.ann, "/api/v1/boards/percentile").at("/data/optIn").as_bool() == false);
  CHECK(c.opt(c.ann, true).at("/data/optIn").as_bool());
  CHECK(c.opt(c.ann, true).status == 200);
  c.walk(c.ann, "2027-01-15", 1250);
  CHECK(c.renew() == 49);
  CHECK(c.percent(c.ann) == -1);
  c.opt(c.bob, true);
  CHECK(c.percent(c.ann) == -1);  // with the next renewal
  CHECK(c.renew() == 50);
  CHECK(c.percent(c.ann) == 13 * 100 / 49);  // w1 to w12, and Bob
  CHECK(c.percent(c.bob) == 0);
  CHECK(c.percent(c.cat) == -1);
  CHECK(c.world.send(c.ann, "PUT", "/api/v1/boards/percentile", R"({"optIn":1})").status == 400);

  SECTION("a correction downwards moves nothing that day, and the next day begins anew") {
    c.walk(c.ann, "2027-01-15", 3);
    c.renew();
    CHECK(c.percent(c.ann) == 13 * 100 / 49);
    c.walk(c.ann, "2027-01-15", 100'000);
    c.renew();
    CHECK(c.percent(c.ann) == 100);
    c.walk(c.ann, "2027-01-15", 3);
    c.renew();
    CHECK(c.percent(c.ann) == 100);
    c.world.clock.advance(std::chrono::hours(24));
    c.renew();
    CHECK(c.percent(c.ann) == 0);
  }
  SECTION("doubtful steps are not counted") {
    c.walk(c.bob, "2027-01-15", 900'000, 1, 10);
    c.renew();
    CHECK(c.percent(c.bob) == 0);
  }
  SECTION("who goes, or is suspended, is not compared, and of too few nothing is told") {
    const bool opts_out = GENERATE(true, false);
    if (opts_out) {
      CHECK(c.opt(c.bob, false).at("/data/optIn").as_bool() == false);
      c.opt(c.bob, false);
    } else {
      c.world.set_status(c.bob, walk::walkers::Status::suspended);
    }
    CHECK(c.renew() == 49);
    CHECK(c.percent(c.ann) == -1);
  }
  SECTION("removed") {
    c.world.database.write(
        [&](storage::Connection& connection) { walk::boards::subscriber().removed(connection, c.ann.id); });
    CHECK(c.renew() == 49);
  }
}

TEST_CASE("More than a slice are compared, each once") {
  Crowd c(storage::Dialect::sqlite, 0);
  c.world.execute(
      "INSERT INTO walkers (uuid, nickname, renamed_at, status, status_at, offset_minutes, consented_at, created_at) "
      "WITH "
      "RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) SELECT printf('%016d', i), '', 0, 0, "
      "0, "
      "0, 1, 0 FROM n");
  c.world.execute("INSERT INTO percentiles (walker_id, day, total) SELECT id, 0, 0 FROM walkers");
  c.world.execute(
      "INSERT INTO step_days (walker_id, day, total, reached_at, confidence, flags, told) SELECT id, 20833, id, 1, "
      "100, "
      "0, '' FROM walkers");
  const auto all = c.world.number("SELECT COUNT(*) FROM walkers");
  CHECK(c.renew() == all);
  CHECK(c.world.number("SELECT COUNT(*) FROM percentiles WHERE percent = 100") == 1);
  CHECK(c.world.number("SELECT COUNT(*) FROM percentiles WHERE percent < 50") == all / 2);
}
