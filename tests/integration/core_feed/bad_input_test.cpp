#include "support/core/feed_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::string_literals;

namespace {

std::string repeat(std::string_view piece, int n) {
  std::string text;
  for (int i = 0; i < n; ++i) text += piece;
  return text;
}

/// Bodies that have no readable `content`; `%` is where other members may stand.
std::vector<std::string> bad_texts() {
  return {
      "",
      "{",
      "null",
      "[]",
      "\"글\"",
      "42",
      "{}",
      R"({%"content":null})",
      R"({%"content":5})",
      R"({%"content":["글"]})",
      R"({%"Content":"글"})",
      R"({%"content":"글",})",
      R"({%"content":"글"} x)",
      R"({%"content":"글","content":"글"})",
      R"({%"content":""})",
      R"({%"content":" \n\t\u00a0\u200b\u3164 "})",
      R"({%"content":"\u0000"})",
      R"({%"content":"a\u0000b"})",
      "{%\"content\":\"a\0b\"}"s,
      "{%\"content\":\"a\nb\"}",
      R"({%"content":"\u001b[1m"})",
      "{%\"content\":\"\xff\"}",
      "{%\"content\":\"\xc0\xaf\"}",
      "{%\"content\":\"\xed\xa0\x80\"}",
      R"({%"content":"\ud800"})",
      "{%\"content\":\"" + repeat("돈", 601) + "\"}",
      "{%\"content\":\"" + repeat("x", 15'000) + "\"}",
      "{%\"x\":" + repeat("[", 40) + repeat("]", 40) + "}",
  };
}

std::string with(std::string body, std::string_view members) {
  const auto at = body.find('%');
  return at == std::string::npos ? body : body.replace(at, 1, members);
}

}  // namespace

TEST_CASE("A text that is none is 400 and nothing is written") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  const auto post = write_post(author);
  const auto comment = write_comment(author, post);
  for (const auto& text : bad_texts()) {
    CAPTURE(text.substr(0, 80));
    const auto refused = [&](std::string_view method, const std::string& path, const std::string& body) {
      const auto answer = author.send(method, path, body);
      CHECK(answer.status == 400);
      CHECK(answer.at("/resultCode") == "F-400");
      CHECK(answer.field("content-type") == "application/json");
    };
    refused("POST", "/api/v1/feeds", with(text, ""));
    refused("PATCH", "/api/v1/feeds/" + post, with(text, ""));
    refused("POST", "/api/v1/comments", with(text, "\"feedId\":" + post + ","));
    refused("PATCH", "/api/v1/comments/" + comment, with(text, ""));
  }
  CHECK(world.number("SELECT COUNT(*) FROM posts") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM comments") == 1);
  CHECK(post_of(author, post).at("/data/content") == "글");
  for (const auto size : {16 * 1024 + 1, 64 * 1024, 1024 * 1024 + 1}) {
    CHECK(author.post("/api/v1/feeds", repeat("x", size)).status == 413);
    CHECK(author.send("PATCH", "/api/v1/comments/" + comment, repeat("x", size)).status == 413);
  }
}

TEST_CASE("Exactly 600 code points are stored as they were sent") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  const auto id = write_post(author, " " + repeat("💸", 596) + "\\n\\t ");
  CHECK(post_of(author, id).at("/data/content").as_string() == " " + repeat("💸", 596) + "\n\t ");
}

TEST_CASE("600 code points are taken however they are escaped") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  const auto body = "{\"content\":\"" + repeat("\\ud83d\\udcb8", 600) + "\"}";
  CHECK(body.size() > 7200);
  CHECK(author.post("/api/v1/feeds", body).status == 201);
}

TEST_CASE("A text is stored in one form, however it is sent: posts, comments, replies and their edits") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  // Syllables of a keyboard that sends them in their parts, and line ends of old systems.
  const auto sent = repeat("\u1112\u1161\u11ab", 596) + "\\r\\n\\r끝";
  const auto stored = repeat("한", 596) + "\n\n끝";
  const auto post = write_post(author, sent);
  CHECK(post_of(author, post).at("/data/content").as_string() == stored);
  const auto comment = author.post("/api/v1/comments", comment_body(post, sent));
  CHECK(comment.at("/data/content").as_string() == stored);
  const auto reply = author.post("/api/v1/comments", comment_body(post, sent, id_in(comment, "commentId")));
  CHECK(reply.at("/data/content").as_string() == stored);
  const auto edited = [&](std::string_view path) {
    return std::string(author.send("PATCH", path, text_body(sent + "\\r")).at("/data/content").as_string());
  };
  CHECK(author.send("PATCH", "/api/v1/feeds/" + post, text_body("e\u0301\\r\\n")).at("/data/content").as_string() ==
        "é\n");
  CHECK(edited("/api/v1/comments/" + id_in(reply, "commentId")) == stored + "\n");
  CHECK(author.post("/api/v1/feeds", text_body(repeat("\u1112\u1161\u11ab", 601))).status == 400);
}

TEST_CASE("Ids that name nothing, or are none") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  const auto text = text_body("글");
  for (const auto* thing : {"feeds/", "feedLikes/", "comments/", "commentLikes/"}) {
    CAPTURE(thing);
    const auto path = "/api/v1/" + std::string(thing);
    const bool like = std::string_view(thing).find("Likes") != std::string_view::npos;
    const auto check = [&](std::string_view id, int expected) {
      CAPTURE(id);
      const auto full = path + std::string(id);
      CHECK(author.get(full).status == expected);
      CHECK(author.send("DELETE", full).status == expected);
      CHECK((like ? author.send("PUT", full) : author.send("PATCH", full, text)).status == expected);
    };
    check("999999", 404);
    check("9223372036854775807", 404);
    for (const auto* id : {"0", "-1", "9223372036854775808", "99999999999999999999999", "1.0", "1e3", "x", "0x1"}) {
      check(id, 400);
    }
  }
  for (const auto* feed_id : {"0", "-1", "1.0", "1e0", "\"1\"", "null", "9223372036854775808", "[1]", "true"}) {
    CAPTURE(feed_id);
    CHECK(author.post("/api/v1/comments", comment_body(feed_id, "x")).status == 400);
  }
  const auto post = write_post(author);
  for (const auto* parent : {"0", "-1", "\"1\"", "9223372036854775808", "false"}) {
    CAPTURE(parent);
    CHECK(author.post("/api/v1/comments", comment_body(post, "x", parent)).status == 400);
  }
  CHECK(author.post("/api/v1/comments", comment_body("999999", "x")).status == 404);
  CHECK(author.get("/api/v1/feeds/profile?userId=999999").status == 404);
}

TEST_CASE("Pages that are none") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  const auto post = write_post(author);
  const auto me = std::to_string(world.number("SELECT MIN(id) FROM accounts"));
  for (const auto& [path, last] :
       {std::pair("/api/v1/feeds?"s, "lastFeedId"), std::pair("/api/v1/feeds/profile?userId=" + me + "&", "lastFeedId"),
        std::pair("/api/v1/comments/" + post + "?", "lastCommentId")}) {
    for (const auto* query :
         {"size=0", "size=-1", "size=x", "size=", "size=1.5", "size=99999999999999999999", "size=10&size=10", "#=-1",
          "#=x", "#=", "#=9223372036854775808", "#=0&#=0", "size=%00", "size=%f"}) {
      auto target = path;
      for (const char c : std::string_view(query)) target += c == '#' ? last : std::string(1, c);
      CAPTURE(target);
      CHECK(author.get(target).status == 400);
    }
    CHECK(author.get(path + "size=50&" + last + "=0&unknown=1").status == 200);
  }
  for (const auto* query :
       {"", "?userId=0", "?userId=-1", "?userId=x", "?userId=1&userId=1", "?userId=9223372036854775808"}) {
    CAPTURE(query);
    CHECK(author.get("/api/v1/feeds/profile"s + query).status == 400);
  }
  CHECK(author.get("/api/v1/comments/" + post + "?parentCommentId=0").status == 400);
  for (const std::string view : {"", "flat", "THREADS", "threads&view=threads", "1"}) {
    CAPTURE(view);
    const auto path = "/api/v1/comments/" + post + "?view=" + view;
    CHECK(author.get(path).status == 400);
    const auto twice = view.find('&') != std::string::npos;
    CHECK_THAT(author.send("GET", path, {}, {{"Accept-Language", "en"}}).body,
               Catch::Contains(twice ? "given twice" : "`view` is threads"));
    CHECK_THAT(author.get(path).body, Catch::Contains(twice ? "두 번" : "`view`는 threads"));
  }
}
