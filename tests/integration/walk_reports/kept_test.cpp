// What becomes of reports with a walker, and with time.
#include "dontgoback/json/writer.hpp"
#include "reports_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

TEST_CASE("What a walker reported and what was reported of it goes with it") {
  Reports r(ON_EACH_DATABASE());
  const auto& subscriber = walk::reports::subscriber();
  const auto group = r.group_of(r.cat, r.ann);
  REQUIRE(r.report(r.ann, r.bob) == 201);
  REQUIRE(r.report(r.cat, r.bob) == 201);
  REQUIRE(r.report(r.bob, r.ann) == 201);
  REQUIRE(r.report(r.ann, "GROUP", group) == 201);
  const auto change = [&](const auto& act) { r.world.database.write(act); };
  SECTION("removed") {
    change([&](storage::Connection& c) { subscriber.removed(c, r.ann.id); });
    // What others reported of Bob stays, with how many it was.
    CHECK(r.kept() == 1);
    CHECK(r.count("times", "walk_report_cases WHERE name = 'bob'") == 2);
    CHECK(r.count("COUNT(*)", "walk_report_cases WHERE name = 'ann'") == 0);
    change([&](storage::Connection& c) { subscriber.removed(c, r.bob.id); });
    CHECK(r.count("COUNT(*)", "walk_report_cases WHERE kind = 1") == 0);
    CHECK(r.count("COUNT(*)", "walk_report_reasons WHERE times > 0") == 1);  // of the group
    CHECK(r.kept() == 0);
  }
  SECTION("much of it, slice by slice") {
    for (int i = 0; i < 250; ++i) r.world.walker("");
    r.world.execute(
        "INSERT INTO walk_reports (case_id, number, walker_id, reason, text) SELECT 1, 2 + id, id, 1, '' FROM walkers "
        "WHERE nickname = ''");
    int slices = 1;
    const auto some = [&](storage::Connection& c) { return subscriber.removed_some(c, r.bob.id); };
    while (!r.world.database.write(some)) ++slices;
    CHECK(slices > 2);
    change([&](storage::Connection& c) { subscriber.removed(c, r.bob.id); });
    CHECK(r.count("COUNT(*)", "walk_report_cases WHERE name = 'bob'") == 0);
  }
  SECTION("merged: nobody reports twice, or oneself") {
    change([&](storage::Connection& c) { subscriber.merged(c, r.ann.id, r.cat.id); });
    CHECK(r.count("COUNT(*)", "walk_reports WHERE walker_id = " + std::to_string(r.ann.id.value)) == 0);
    CHECK(r.count("COUNT(*)", "walk_reports WHERE walker_id = " + std::to_string(r.cat.id.value)) == 2);
    CHECK(r.count("target_id", "walk_report_cases WHERE name = 'ann'") == r.cat.id.value);
  }
  SECTION("merged with whom it reported") {
    change([&](storage::Connection& c) { subscriber.merged(c, r.ann.id, r.bob.id); });
    CHECK(r.count("COUNT(*)",
                  "walk_reports r JOIN walk_report_cases c ON c.id = r.case_id WHERE c.kind = 1 AND "
                  "c.target_id = r.walker_id") == 0);
    CHECK(r.count("COUNT(*)", "walk_report_cases WHERE kind = 1 AND target_id = " + std::to_string(r.ann.id.value)) ==
          0);
  }
}

TEST_CASE("A walker takes along what it reported, and nothing of whom") {
  Reports r(ON_EACH_DATABASE());
  REQUIRE(r.report(r.ann, "WALKER", r.bob.uuid, R"(,"text":"말")") == 201);
  std::string text;
  json::Writer writer(text);
  r.world.database.read([&](storage::Connection& c) { walk::reports::exporter().write(c, r.ann.id, writer); });
  CHECK(text == R"([{"targetType":"WALKER","name":"bob","reason":"ABUSE","text":"말"}])");
}

TEST_CASE("What members had reported of groups waits for a decision") {
  const auto dialect = ON_EACH_DATABASE();
  auto before = walk_schema();
  std::erase_if(before, [](const storage::Migration& each) { return each.module == "walk" && each.number >= 8; });
  FreshDatabase fresh(dialect, before);
  (*fresh).write([](storage::Connection& connection) {
    for (const auto* id : {"1", "2", "3"}) {
      connection.execute(
          std::string("INSERT INTO walkers (id, uuid, nickname, renamed_at, status, status_at, offset_minutes, "
                      "created_at) VALUES (") +
          id + ", '000000000000000" + id + "', '', 0, 0, 0, 540, 0)");
    }
    connection.execute(
        "INSERT INTO walk_groups (id, uuid, name, owner_id, times_reported) VALUES (1, '0000000000000001', '하나', 1, "
        "2), "
        "(2, '0000000000000002', '둘', 1, 0), (3, '0000000000000003', '닫힘', NULL, 0)");
    connection.execute("INSERT INTO group_reports (group_id, walker_id) VALUES (1, 2), (1, 3)");
  });
  storage::migrate(*fresh, walk_schema());
  const auto number = [&](std::string_view sql) {
    return std::get<0>(
        (*fresh).read([sql](auto& connection) { return connection.template one<std::int64_t>(sql); }).value());
  };
  CHECK(number("SELECT COUNT(*) FROM walk_report_cases") == 1);
  CHECK(number("SELECT times FROM walk_report_cases WHERE kind = 2 AND target_id = 1 AND name = '하나' AND is_open = "
               "1") == 2);
  CHECK(number("SELECT times FROM walk_report_reasons WHERE reason = 7") == 2);
  CHECK(number("SELECT COUNT(*) FROM walk_reports WHERE case_id = 1 AND number = walker_id - 1 AND text = ''") == 2);
}
