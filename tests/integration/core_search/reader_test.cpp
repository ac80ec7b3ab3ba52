// What is found is what a reader would find in the feed.
#include "search_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

constexpr std::int64_t kFarAbove = 5 * 4096 + 500;

int hide_words(Browser& who, const std::string& words) {
  return who.send("PUT", "/api/v1/hidden-words", R"({"words":[)" + words + "]}").status;
}

}  // namespace

TEST_CASE("Whom a reader blocks or mutes, and what does not interest it, is not found until it is taken back") {
  World world(ON_EACH_DATABASE());
  const auto author = world.node.create_user();
  const auto other = world.node.create_user();
  auto reader = world.node.guest();
  put(world, {{10, "사과나무"}, {20, "배나무"}, {4100, "감나무"}}, author);
  put(world, {{11, "나무 하나"}, {kFarAbove, "끝"}}, other);
  const std::pair<std::string, Ids> table[] = {
      {"mutes/" + std::to_string(author.value), {11}},
      {"blocks/" + std::to_string(author.value), {11}},
      {"feeds/20/hidden", {4100, 11, 10}},
      {"feeds/11/hidden", {4100, 20, 10}},
  };
  for (const bool in_index : {false, true}) {
    CAPTURE(in_index);
    if (in_index) CHECK(seal(world) > 0);
    for (const auto& [what, left] : table) {
      CAPTURE(what);
      REQUIRE(reader.send("PUT", "/api/v1/" + what).status == 204);
      CHECK(found(reader, "나무") == left);
      CHECK(found(reader, "나무", 1) == left);
      REQUIRE(reader.send("DELETE", "/api/v1/" + what).status == 204);
      CHECK(found(reader, "나무") == Ids{4100, 20, 11, 10});
    }
  }
}

TEST_CASE("Hidden words hide what is found, but not one's own and not what was looked for by them") {
  World world(ON_EACH_DATABASE());
  const auto author = world.node.create_user();
  auto reader = world.node.guest();
  put(world, {{10, "사과나무 COIN"}, {20, "배나무"}, {4100, "코인 나무, 나무 집"}, {kFarAbove, "끝"}}, author);
  const auto mine = std::stoll(write_post(reader, "나무 coin"));
  for (const bool in_index : {false, true}) {
    CAPTURE(in_index);
    if (in_index) CHECK(seal(world) > 0);
    REQUIRE(hide_words(reader, R"("coin", "나무 집")") == 204);
    CHECK(found(reader, "나무") == Ids{mine, 20});
    CHECK(found(reader, "나무", 1) == Ids{mine, 20});
    CHECK(found(reader, "Coin") == Ids{mine, 10});
    CHECK(found(reader, "Coins").empty());
    CHECK(found(reader, "나무 집") == Ids{4100});
    CHECK(found(reader, "집 나무").empty());  // the words, but not what is hidden
    REQUIRE(hide_words(reader, R"("나무")") == 204);
    CHECK(found(reader, "나무") == Ids{mine, 4100, 20, 10});
    CHECK(found(reader, "사과나무") == Ids{10});
    CHECK(found(reader, "coin") == Ids{mine});
    REQUIRE(hide_words(reader, "") == 204);
    CHECK(found(reader, "나무") == Ids{mine, 4100, 20, 10});
  }
}

TEST_CASE("What one wrote without one's name is one's own: no hidden word of one's keeps it from being found") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto reader = world.node.guest();
  const auto answer = author.send("POST", "/api/v1/feeds", R"({"content":"나무 coin","unlinked":true})");
  REQUIRE(answer.status == 201);
  const auto mine = answer.number("/data/feedId");
  put(world, kFarAbove, "끝", world.node.create_user());
  for (auto* who : {&author, &reader}) REQUIRE(hide_words(*who, R"("coin")") == 204);
  for (const bool in_index : {false, true}) {
    CAPTURE(in_index);
    if (in_index) CHECK(seal(world) > 0);
    CHECK(found(author, "나무") == Ids{mine});
    CHECK(found(reader, "나무").empty());
  }
}

TEST_CASE("Thousands that are not for a reader end a page and not the search") {
  World world(ON_EACH_DATABASE());
  const auto loud = world.node.create_user();
  const auto quiet = world.node.create_user();
  auto reader = world.node.guest();
  std::map<std::int64_t, std::string> many;
  for (std::int64_t id = 100; id < 7000; ++id) many[id] = id % 2 == 0 ? "가즈아 coin" : "가즈아";
  put(world, 50, "가즈아", quiet);
  put(world, many, loud);
  put(world, kFarAbove, "끝", quiet);
  const auto how = GENERATE(0, 1);
  if (how == 0) {
    REQUIRE(reader.send("PUT", "/api/v1/mutes/" + std::to_string(loud.value)).status == 204);
  } else {
    REQUIRE(hide_words(reader, R"("coin")") == 204);
  }
  for (const bool in_index : {false, true}) {
    CAPTURE(how, in_index);
    if (in_index) CHECK(seal(world) > 0);
    CHECK(found(reader, "가즈아").size() == (how == 0 ? 1 : 1 + 3450));
    CHECK(found(reader, "가즈아").back() == 50);
  }
}
