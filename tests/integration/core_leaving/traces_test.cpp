// What is left of somebody who was removed: looked for in every column of every table, so that a part that comes later
// and keeps something is asked, too.
#include <array>

#include "leaving_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t kUser = 987654321;
constexpr std::int64_t kSession = 876543210;
constexpr const char* kEmail = "kim-of-old@example.com";
/// Like nothing that others have.
constexpr std::array<std::string_view, 5> kTraces{"987654321", "876543210", "kim-of-old", "words-of-kim",
                                                  "device-of-kim"};

struct Column {
  std::string table, name;
};

std::vector<Column> columns(World& world, const char* sqlite, const char* mysql) {
  return world.database.read([&](storage::Connection& connection) {
    std::vector<Column> found;
    connection.each(connection.dialect() == storage::Dialect::sqlite ? sqlite : mysql, storage::args(),
                    [&found](std::string_view table, std::string_view name) {
                      found.push_back({std::string(table), std::string(name)});
                    });
    return found;
  });
}

std::vector<Column> all_columns(World& world) {
  return columns(world,
                 "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c "
                 "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
                 "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE()");
}

std::vector<Column> references_to_accounts(World& world) {
  return columns(world,
                 "SELECT m.name, f.\"from\" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f "
                 "WHERE f.\"table\" = 'accounts'",
                 "SELECT table_name, column_name FROM information_schema.key_column_usage "
                 "WHERE table_schema = DATABASE() AND referenced_table_name = 'accounts'");
}

/// How many rows have each of the traces in that column.
std::array<std::int64_t, kTraces.size()> rows_with_traces(World& world, const Column& column) {
  std::string sql;
  for (const auto trace : kTraces) {
    sql.append(sql.empty() ? "SELECT " : ", ").append("COUNT(CASE WHEN ").append(column.name);
    sql.append(" LIKE '%").append(trace).append("%' THEN 1 END)");
  }
  sql += " FROM " + column.table;
  std::array<std::int64_t, kTraces.size()> rows{};
  world.database.read([&](storage::Connection& connection) {
    connection.each(
        sql, storage::args(),
        [&rows](std::int64_t user, std::int64_t session, std::int64_t email, std::int64_t words, std::int64_t device) {
          rows = {user, session, email, words, device};
        });
  });
  return rows;
}

/// The next id of a table is that one.
void count_on_from(World& world, const std::string& into, const std::string& values, std::int64_t next) {
  const auto before = std::to_string(next - 1);
  world.execute("INSERT INTO " + into + " VALUES (" + before + ", " + values + ")");
  world.execute("DELETE FROM " + into.substr(0, into.find(' ')) + " WHERE id = " + before);
}

/// Somebody with a row in every table that can have one of theirs.
Browser rich_member(World& world) {
  const auto other_id = world.node.create_user();
  auto other = world.node.signed_in(other_id);
  count_on_from(world, "accounts (id, role, status, amount, multiplier, amount_day, created_at, last_seen_at)",
                "1, 0, 1, 1, 1, 1, 1", kUser);
  count_on_from(world, "sessions (id, user_id, created_at, expires_at)", std::to_string(other_id.value) + ", 1, 1",
                kSession);
  const auto user = member_with(world, kEmail);
  REQUIRE(user.value == kUser);
  auto browser = world.node.signed_in(user);
  REQUIRE(world.number("SELECT MAX(id) FROM sessions") == kSession);
  world.node.sign_in_link(user);

  REQUIRE(browser.send("POST", "/api/v1/feeds", R"({"content":"words-of-kim"})", {{"Idempotency-Key", "k"}}).status ==
          201);
  const auto post = world.number("SELECT MAX(id) FROM posts");
  write_comment(other, post);
  const auto comment = write_comment(browser, post);
  write_comment(other, post, comment);
  for (const auto& edited : {"/api/v1/feeds/" + std::to_string(post), "/api/v1/comments/" + std::to_string(comment)}) {
    for (const auto* text : {R"({"content":"words-of-kim, mended"})", R"({"content":"words-of-kim, again"})"}) {
      REQUIRE(browser.send("PATCH", edited, text).status == 200);
    }
  }
  browser.send("PUT", "/api/v1/feedLikes/" + std::to_string(post));
  browser.send("PUT", "/api/v1/commentLikes/" + std::to_string(comment));
  browser.send("PUT", "/api/v1/feedLikes/" + std::to_string(write_post(other)));
  const auto others = std::to_string(write_post(other));
  for (const auto* kept : {"/saved", "/hidden"}) browser.send("PUT", "/api/v1/feeds/" + others + kept);
  // What is written unlinked stays, and what ties it to the account goes.
  REQUIRE(browser.post("/api/v1/feeds", R"({"content":"x","unlinked":true})").status == 201);
  REQUIRE(browser.post("/api/v1/comments", R"({"content":"x","unlinked":true,"feedId":)" + others + "}").status == 201);
  const auto muted_id = world.node.create_user();
  browser.send("PUT", "/api/v1/mutes/" + std::to_string(muted_id.value));
  world.node.signed_in(muted_id).send("PUT", "/api/v1/mutes/" + std::to_string(kUser));
  browser.send("PATCH", "/api/v1/users/me/settings", R"({"language":"en"})");
  REQUIRE(browser.post("/api/v1/sessions/hand-over").status == 201);
  REQUIRE(ask(browser, kClose).status == 200);
  auto nobody = world.node.browser();
  REQUIRE(nobody.post("/api/v1/sign-in/email", std::string(R"({"email":")") + kEmail + "\"}").status == 200);

  const auto id = std::to_string(kUser);
  for (const auto* row :
       {"asset_today_movers (side, place, hundredths, shown, user_id) VALUES (0, 1, 1, '', ",
        "consents (age14, terms, accepted_at, user_id) VALUES (1, 'words-of-kim', 1, ",
        "identities (issuer, subject, provider, linked_at, user_id) VALUES ('x', 'kim-of-old', 'x', 1, ",
        "passkeys (hash, credential_id, public_key, counter, created_at, user_id) VALUES "
        "('device-of-kim', 'device-of-kim', 'device-of-kim', 0, 1, ",
        "passkey_users (handle, user_id) VALUES ('device-of-kim', ",
        "passkey_challenges (hash, expires_at, user_id) VALUES ('device-of-kim', 1, ",
        "sign_ups (hash, way, issuer, subject, email, expires_at, user_id) VALUES "
        "('x', 'x', 'x', 'kim-of-old', 'kim-of-old@example.com', 1, ",
        "report_cases (target_kind, target_id, is_open, queue, why, opened_at, reason, author_id) VALUES "
        "(1, 1, 1, 1, 1, 1, 'words-of-kim', ",
        "moderation_acts (id, action, target_kind, target_id, reason, at, objection, user_id) VALUES "
        "(1, 1, 1, 1, 'words-of-kim', 1, 'words-of-kim', ",
        "unlinked_acts (act_id, user_id) VALUES (1, ", "writing_stops (act_id, ends_at, user_id) VALUES (1, 1, ",
        "reports (target_kind, target_id, case_id, guest, reason, text, created_at, reporter_id) VALUES "
        "(3, 1, 1, 0, 1, 'words-of-kim', 1, ",
        "hidden_words (words, folded, user_id) VALUES ('words-of-kim', 'words-of-kim', ",
        "sign_in_tries (state_hash, browser_hash, provider, code, expires_at, link_to) VALUES "
        "('x', 'device-of-kim', 'x', 'words-of-kim', 1, "}) {
    world.execute(std::string("INSERT INTO ") + row + id + ")");
  }
  return browser;
}

}  // namespace

TEST_CASE("No column of any table tells of who was removed") {
  World world(ON_EACH_DATABASE());
  auto browser = rich_member(world);
  REQUIRE(browser.post(kLeaveNow, R"({"kind":"CLOSE"})").status == 200);
  for (const auto* row :
       {"authors_to_mark (hidden, user_id) VALUES (1, ", "suspensions (act_id, status_before, user_id) VALUES (1, 0, ",
        "push_subscriptions (session_id, digest, endpoint, p256dh, auth, created_at, seen_at, user_id) "
        "VALUES (1, 'device-of-kim', 'device-of-kim', 'device-of-kim', 'device-of-kim', 1, 1, ",
        "push_told (thing, told_at, user_id) VALUES ('x', 1, ",
        "walker_tickets (hash, expires_at, user_id) VALUES ('device-of-kim', 1, "}) {
    world.execute(std::string("INSERT INTO ") + row + std::to_string(kUser) + ")");
  }
  for (const auto& column : references_to_accounts(world)) {
    INFO(column.table << '.' << column.name << " refers to accounts: give the member a row there");
    CHECK(rows_with_traces(world, column)[0] > 0);
  }
  const auto everywhere = all_columns(world);
  CHECK(everywhere.size() > 100);
  std::array<std::int64_t, kTraces.size()> before{};
  for (const auto& column : everywhere) {
    const auto rows = rows_with_traces(world, column);
    for (std::size_t i = 0; i < rows.size(); ++i) before[i] += rows[i];
  }
  for (const auto rows : before) CHECK(rows > 0);

  world.clock.advance(15 * 24h);
  REQUIRE(world.node.scheduler().run_now("account-purge").value() == "removed 1 accounts");
  for (const auto& column : everywhere) {
    const auto rows = rows_with_traces(world, column);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      INFO(column.table << '.' << column.name << ": " << kTraces[i]);
      CHECK(rows[i] == 0);
    }
  }
  CHECK(world.number("SELECT COUNT(*) FROM posts WHERE user_id = -1") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM posts WHERE user_id = -2") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM comments") == 4);
  CHECK(world.counts_are_right());
}
