// What is asked and answered at the route.
#include <thread>

#include "core/parts.hpp"
#include "dontgoback/text/utf8.hpp"
#include "search_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::core;
using namespace dontgoback::test;

namespace {

/// A post far above, so that the chunks below are full.
constexpr std::int64_t kFarAbove = 5 * 4096 + 500;

}  // namespace

TEST_CASE("Posts are found by parts of their words, the newest first, whether they are in the index or not") {
  World world(ON_EACH_DATABASE());
  const auto author = world.node.create_user();
  auto reader = world.node.guest();
  CHECK(found(reader, "나무").empty());
  put(world, 10, "사과나무 아래서", author);
  put(world, 4095, "나무, 나무!", author);
  put(world, 4096, "사과 나 무", author);
  put(world, 9000, "The Apple TREE", author);
  put(world, 9001, "Straße 😀😀", author);
  put(world, kFarAbove, "배나무", author);
  for (const bool in_index : {false, true}) {
    CAPTURE(in_index);
    if (in_index) CHECK(seal(world) == 5);
    CHECK(found(reader, "나무") == Ids{kFarAbove, 4095, 10});
    CHECK(found(reader, "나무 사과") == Ids{10});
    CHECK(found(reader, "사과 나") == Ids{4096, 10});
    CHECK(found(reader, "apple tree") == Ids{9000});
    CHECK(found(reader, "PPL ee") == Ids{9000});
    CHECK(found(reader, "STRASSE") == Ids{9001});
    CHECK(found(reader, "😀😀") == Ids{9001});
    CHECK(found(reader, "\u1102\u1161\u1106\u116e") == Ids{kFarAbove, 4095, 10});  // 나무, taken apart
    CHECK(found(reader, "감나무").empty());
    CHECK(found(reader, "나무 apple").empty());
    CHECK(found(reader, "나무", 1) == Ids{kFarAbove, 4095, 10});
  }
  CHECK(seal(world) == 0);

  const auto page = reader.get(search_path("나무", "&size=1"));
  CHECK(page.at("/data/feeds/0/content") == "배나무");
  CHECK(page.number("/data/nextFeedId") == kFarAbove);
  CHECK(page.at("/data/feeds/0/isLiked") == false);
}

TEST_CASE("What one may not see is not found") {
  World world(ON_EACH_DATABASE());
  const Parts parts;
  auto author = world.node.guest();
  auto reader = world.node.guest();
  const auto gone = world.node.create_user();
  put(world, 10, "비밀 하나", gone);
  const auto mine = write_post(author, "비밀 둘");
  const auto deleted = write_post(author, "비밀 셋");
  put(world, kFarAbove, "끝", gone);
  CHECK(found(reader, "비밀").size() == 3);
  REQUIRE(author.send("DELETE", "/api/v1/feeds/" + deleted).status == 200);
  CHECK(found(reader, "비밀") == Ids{std::stoll(mine), 10});
  const auto set_status = [&](accounts::AccountStatus status) {
    world.database.write(
        [&](storage::Connection& c) { parts.life_cycle.set_status(c, gone, status, "test", world.clock.now()); });
  };
  for (const bool in_index : {false, true}) {
    CAPTURE(in_index);
    if (in_index) seal(world);
    CHECK(found(reader, "비밀") == Ids{std::stoll(mine), 10});
    set_status(accounts::AccountStatus::suspended);
    CHECK(found(reader, "비밀") == Ids{std::stoll(mine)});
    set_status(accounts::AccountStatus::active);
  }
}

TEST_CASE("What cannot be searched is refused") {
  World world(storage::Dialect::sqlite);
  auto reader = world.node.guest();
  const std::pair<std::string, std::string_view> table[] = {
      {"/api/v1/search/feeds", "`q` is needed."},
      {search_path(""), "`q` needs a word: punctuation is not searched."},
      {search_path("!?…"), "`q` needs a word: punctuation is not searched."},
      {search_path("돈"), "Search for a word of two characters at least."},
      {search_path("a b c"), "Search for a word of two characters at least."},
      {search_path(std::string(601, 'a')), "What is searched must not be longer than 600 characters."},
      {search_path("ab", "&q=cd"), ""},
      {"/api/v1/search/feeds?q=%ff%fe", ""},
      {"/api/v1/search/feeds?q=%zz", ""},
      {search_path("ab", "&size=0"), ""},
      {search_path("ab", "&size=x"), ""},
      {search_path("ab", "&lastFeedId=-1"), ""},
      {search_path("ab", "&lastFeedId=9223372036854775808"), ""},
  };
  for (const auto& [path, why] : table) {
    CAPTURE(path);
    const auto answer = reader.send("GET", path, "", {{"Accept-Language", "en"}});
    CHECK(answer.status == 400);
    if (!why.empty()) CHECK(answer.at("/message").as_string() == why);
  }
  for (const auto& words : {std::string(600, 'a'), std::string("ab%_'\"\\;--"), std::string("SELECT*\n\tab")}) {
    CHECK(reader.get(search_path(words)).status == 200);
  }
  CHECK(reader.get(search_path("ab", "&lastFeedId=9223372036854775807&size=500")).status == 200);
  CHECK(world.node.browser().get(search_path("ab")).status == 401);
}

TEST_CASE("A topic has its own list, whether its posts are in the index or not, and only what one may see") {
  World world(ON_EACH_DATABASE());
  const auto author = world.node.create_user();
  auto reader = world.node.guest();
  put(world, 10, "오늘 #월급날, 신난다", author);
  put(world, 11, "월급날이라고만 쓴 글", author);
  put(world, 12, "#월급날이 아닌 주제", author);
  put(world, 4097, "#Coffee #월급날", author);
  const auto deleted = write_post(reader, "#월급날 지울 글");
  put(world, kFarAbove, "#월급날", author);
  REQUIRE(reader.send("DELETE", "/api/v1/feeds/" + deleted).status == 200);
  const auto topic = [&](std::string_view name, int size = 50) {
    Ids all;
    std::int64_t before = 0;
    do {
      const auto page = reader.get("/api/v1/feeds/topics/" + text::percent_encoded(name) +
                                   "?size=" + std::to_string(size) + "&lastFeedId=" + std::to_string(before));
      INFO(page.body);
      REQUIRE(page.status == 200);
      for (const auto id : posts_in(page)) all.push_back(id);
      const auto next = page.at("/data/nextFeedId");
      before = next.is_null() ? 0 : next.as_int64();
    } while (before != 0);
    return all;
  };
  for (const bool in_index : {false, true}) {
    CAPTURE(in_index);
    if (in_index) CHECK(seal(world) > 0);
    CHECK(topic("월급날") == Ids{kFarAbove, 4097, 10});
    CHECK(topic("월급날", 1) == Ids{kFarAbove, 4097, 10});
    CHECK(topic("coffee") == Ids{4097});
    CHECK(topic("월급").empty());
  }
  for (const std::string name : {"%EB%8F%88", "2026", "a%20b", "%ff", "%2E%2E", "a%2Fb", "%00a"}) {
    CAPTURE(name);
    CHECK(reader.get("/api/v1/feeds/topics/" + name).status == 400);
  }
  CHECK(world.node.browser().get("/api/v1/feeds/topics/ab").status == 401);
}

TEST_CASE("What everything has, what nothing has, and 600 code points of any kind are searched") {
  World world(ON_EACH_DATABASE());
  const auto author = world.node.create_user();
  auto reader = world.node.guest();
  std::map<std::int64_t, std::string> posts;
  for (std::int64_t id = 1; id <= 300; ++id) posts[id] = "오늘도 " + std::to_string(id);
  std::int64_t last = 4000;
  for (const auto& part : {"가", "ß", "😀", "\u0390", "가나 ", "a\u0301", "漢字"}) {
    std::string text;
    while (text::code_points(text + part) <= 600) text += part;
    posts[++last] = text;
  }
  put(world, posts, author);
  put(world, kFarAbove, "끝", author);
  for (const bool in_index : {false, true}) {
    CAPTURE(in_index);
    if (in_index) CHECK(seal(world) > 0);
    CHECK(found(reader, "오늘도").size() == 300);
    CHECK(found(reader, "오늘도", 7).size() == 300);
    CHECK(found(reader, "어제도").empty());
    for (std::int64_t id = 4001; id <= last; ++id) {
      CAPTURE(id);
      CHECK(found(reader, posts[id]) == Ids{id});
    }
  }
}

TEST_CASE("A search that would take long answers what it has, and goes on") {
  World world(ON_EACH_DATABASE());
  const auto author = world.node.create_user();
  auto reader = world.node.guest();
  put(world, 1, "찾는 말", author);
  put(world, 6000, "다른 말", author);
  put(world, 12'000, "다른 말", author);
  const auto first = reader.get(search_path("찾는"));
  CHECK(posts_in(first).empty());
  CHECK(first.number("/data/nextFeedId") == 12'001 - 5000);
  CHECK(found(reader, "찾는") == Ids{1});
  // Of the index, thousands that have all the pairs of letters and not the word.
  world.database.write([&](storage::Connection& c) {
    for (int i = 0; i < 5200; ++i) {
      c.execute(
          "INSERT INTO posts (user_id, author, author_type, content, created_at, updated_at) VALUES (:author, '1만', "
          "1, "
          "'가나나다', 0, 0)",
          author);
    }
  });
  put(world, 12'001 + 5200, "가나다", author);
  put(world, 10 * 4096, "끝", author);
  CHECK(seal(world) > 0);
  const auto some = reader.get(search_path("가나다"));
  CHECK(posts_in(some) == Ids{12'001 + 5200});
  CHECK(some.number("/data/nextFeedId") > 12'001);
  CHECK(some.number("/data/nextFeedId") < 12'001 + 5200 - 4000);
  CHECK(found(reader, "가나다") == Ids{12'001 + 5200});
}
