// What waits for a moderator before it shows, and how much newcomers write.
#include "moderation_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

std::string rules(std::int64_t version, std::string_view words, int hours = 24, std::string_view links = "HOLD") {
  return R"({"version":)" + std::to_string(version) + R"(,"words":)" + std::string(words) + R"(,"newcomerHours":)" +
         std::to_string(hours) + R"(,"newcomerLinks":")" + std::string(links) + R"("})";
}
Answer put_rules(Browser& admin, std::string_view body) { return admin.send("PUT", "/api/v1/admin/rules", body); }

bool waits(Browser& author, std::string_view post) {
  return post_of(author, post).body.find("WAITING") != std::string::npos;
}

}  // namespace

TEST_CASE("A text with a word of the list waits: its author sees it, others when a moderator has") {
  Moderated world(ON_EACH_DATABASE());
  REQUIRE(put_rules(world.admin, rules(0, R"(["대출","Straße","bad.example"])")).status == 200);
  const auto clean = write_post(world.author, "오늘의 글");
  CHECK_FALSE(waits(world.author, clean));
  for (const auto* text : {"무담보대출 상담", "STRASSE", "보세요: Bad.Example/x"}) {
    INFO(text);
    const auto written = world.author.post("/api/v1/feeds", text_body(text));
    REQUIRE(written.status == 201);
    CHECK(written.at("/data/withheld/0") == "WAITING");
    const auto post = id_in(written, "feedId");
    CHECK(post_of(world.reader, post).status == 404);
    CHECK(report(world.reader, "FEED", post).status == 404);
    const auto listed = reports_for(world.moderator);
    CHECK(listed.at("/data/reports/0/text/state") == "WAITING");
    CHECK(listed.at("/data/reports/0/why/0") == "WORD");
    REQUIRE(decide(world.moderator, first_report(world.moderator), R"({"decision":"DISMISS"})").status == 200);
    CHECK(post_of(world.reader, post).status == 200);
  }
  CHECK_FALSE(waits(world.moderator, write_post(world.moderator, "대출")));  // who judges
}

TEST_CASE("A comment that waits is not counted until it shows") {
  Moderated world(ON_EACH_DATABASE());
  REQUIRE(put_rules(world.admin, rules(0, R"(["대출"])")).status == 200);
  const auto post = write_post(world.reader);
  const auto comment = write_comment(world.author, post, "대출 상담");
  CHECK(post_of(world.reader, post).number("/data/commentCount") == 0);
  CHECK(comments_in(world.reader.get("/api/v1/comments/" + post)).empty());
  CHECK(world.reader.get("/api/v1/notifications").number("/data/unreadCount") == 0);
  CHECK(world.counts_are_right());
  REQUIRE(world.moderator.post("/api/v1/admin/comments/" + comment + "/restore", because()).status == 200);
  CHECK(post_of(world.reader, post).number("/data/commentCount") == 1);
  CHECK(world.counts_are_right());
}

TEST_CASE("An edit is judged, too: a word puts it back, and taken out it shows again") {
  Moderated world(ON_EACH_DATABASE());
  REQUIRE(put_rules(world.admin, rules(0, R"(["대출"])")).status == 200);
  const auto post = write_post(world.author);
  const auto edit = [&](std::string_view text) {
    REQUIRE(world.author.send("PATCH", "/api/v1/feeds/" + post, text_body(text)).status == 200);
  };
  edit("대출");
  CHECK(post_of(world.reader, post).status == 404);
  CHECK(count_of(reports_for(world.moderator), "/data/reports") == 1);
  edit("괜찮은 글");
  CHECK(post_of(world.reader, post).status == 200);
  CHECK(count_of(reports_for(world.moderator), "/data/reports") == 0);
  edit("또 대출");
  REQUIRE(decide(world.moderator, first_report(world.moderator), R"({"decision":"HIDE","reason":"광고"})").status ==
          200);
  edit("괜찮은 글");  // what a moderator hid no edit shows
  CHECK(post_of(world.reader, post).status == 404);
  CHECK(post_of(world.author, post).at("/data/withheld/0") == "MODERATED");
}

TEST_CASE("A newcomer's link waits, an older account's does not; a wrong clock makes nobody new for years") {
  Moderated world(ON_EACH_DATABASE());
  CHECK(waits(world.author, write_post(world.author, "보세요 https://example.com")));
  CHECK(waits(world.author, write_post(world.author, "보세요 example.com")));
  CHECK_FALSE(waits(world.author, write_post(world.author, "3.5배 올랐다... 정말.")));
  world.clock.advance(std::chrono::hours(25));
  world.author = world.node.signed_in(world.author_id);
  world.admin = world.node.signed_in(world.admin_id);
  CHECK_FALSE(waits(world.author, write_post(world.author, "https://example.com")));
  world.clock.jump(-std::chrono::hours(24 * 365));  // the account is of a time to come
  CHECK_FALSE(waits(world.author, write_post(world.author, "https://example.com")));
  world.clock.jump(std::chrono::hours(24 * 365));
  auto guest = world.node.guest();
  CHECK(waits(guest, write_post(guest, "https://example.com")));
  REQUIRE(put_rules(world.admin, rules(0, "[]", 24, "SHOW")).status == 200);
  CHECK_FALSE(waits(guest, write_post(guest, "https://example.com")));
}

TEST_CASE("Rules are an admin's, checked, and never overwritten unread") {
  Moderated world(ON_EACH_DATABASE());
  CHECK(world.admin.get("/api/v1/admin/rules").number("/data/version") == 0);
  REQUIRE(put_rules(world.admin, rules(0, R"(["가나","가나 ","ABC"])")).status == 200);
  const auto read = world.admin.get("/api/v1/admin/rules");
  CHECK(read.number("/data/version") == 1);
  CHECK(count_of(read, "/data/words") == 2);
  CHECK(put_rules(world.admin, rules(0, R"(["abc","가나"])")).status == 200);  // the same again
  CHECK(put_rules(world.admin, rules(0, R"(["다라"])")).status == 409);
  std::string many = "[\"가0\"";
  for (int i = 1; i < 501; ++i) many += ",\"가" + std::to_string(i) + "\"";
  many += "]";
  for (const auto& body : {std::string("{"), std::string("{}"), rules(1, R"(["가"])"), rules(1, R"(["..."])"),
                           rules(1, R"([1])"), rules(1, "[]", -1), rules(1, "[]", 721), rules(1, "[]", 24, "hold"),
                           rules(1, many), rules(1, "[\"" + std::string(51, 'a') + "\"]")}) {
    INFO(body);
    CHECK(put_rules(world.admin, body).status == 400);
  }
}

TEST_CASE("Words by the command line") {
  Moderated world(ON_EACH_DATABASE());
  CHECK(world.node.command("moderation", "add-word", {{"word", "대출"}}, true).find("대출") != std::string::npos);
  CHECK(waits(world.author, write_post(world.author, "대출")));
  world.node.command("moderation", "remove-word", {{"word", "대출"}});
  CHECK_FALSE(waits(world.author, write_post(world.author, "대출")));
  CHECK(world.node.command("moderation", "words", {}, true) == "[]\n");
}

TEST_CASE("A new account writes a little slower, a guest slower still, an older one as it likes") {
  Moderated world(storage::Dialect::sqlite, {{"newcomer-writes", "4"}});
  auto guest = world.node.guest();
  const auto write = [](Browser& browser) { return browser.post("/api/v1/feeds", text_body("글")).status; };
  for (int i = 0; i < 2; ++i) CHECK(write(guest) == 201);
  CHECK(write(guest) == 429);
  for (int i = 0; i < 4; ++i) CHECK(write(world.author) == 201);
  const auto refused = world.author.post("/api/v1/feeds", text_body("글"));
  CHECK(refused.status == 429);
  CHECK_FALSE(refused.field("retry-after").empty());
  const auto post = std::to_string(world.number("SELECT MIN(id) FROM posts"));
  CHECK(world.author.post("/api/v1/comments", comment_body(post, "댓글")).status == 429);
  world.clock.jump(-std::chrono::hours(24 * 3650));  // a wrong clock makes nobody wait for long
  CHECK(write(world.author) == 201);
  world.clock.jump(std::chrono::hours(24 * 3650));
  world.clock.advance(std::chrono::hours(25));
  world.author = world.node.signed_in(world.author_id);
  for (int i = 0; i < 6; ++i) CHECK(write(world.author) == 201);
}
