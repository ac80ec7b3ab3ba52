// How posts come into the index, and what happens meanwhile.
#include <atomic>
#include <chrono>
#include <thread>
#include <utility>
#include <vector>

#include "core/parts.hpp"
#include "core/search/store.hpp"
#include "search_talk.hpp"
#include "support/core/beside.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

constexpr std::int64_t kFarAbove = 3 * 4096 + 500;

void edit(Browser& author, const std::string& post, std::string_view content) {
  REQUIRE(author.send("PATCH", "/api/v1/feeds/" + post, text_body(content)).status == 200);
}

/// Posts with more different letters than a slice writes, at the ids from there on.
void put_many_letters(World& world, std::int64_t from, UserId author, int posts = 40) {
  std::map<std::int64_t, std::string> made;
  for (int i = 0; i < posts; ++i) {
    auto& text = made[from + i];
    for (int j = 0; j < 150; ++j) {
      const int syllable = 0xAC00 + (i * 150 + j) % 11'000;
      text += static_cast<char>(0xE0 | (syllable >> 12));
      text += static_cast<char>(0x80 | ((syllable >> 6) & 0x3F));
      text += static_cast<char>(0x80 | (syllable & 0x3F));
    }
  }
  put(world, made, author);
}

core::search::Sealed sealed(World& world) {
  return world.database.read([](storage::Connection& c) { return core::search::sealed(c); });
}

}  // namespace

TEST_CASE("A chunk is sealed once posts stand well behind it, and what was there before from the top down") {
  World world(ON_EACH_DATABASE());
  const auto author = world.node.create_user();
  put(world, 4095, "글", author);
  CHECK(seal(world) == 0);
  put(world, 4095 + 255, "글", author);
  CHECK(seal(world) == 0);
  put(world, 4095 + 256, "글", author);
  CHECK(seal(world) == 1);
  CHECK(sealed(world).next == 1);
  put(world, 3 * 4096, "글", author);
  CHECK(seal(world) == 1);

  World grown(storage::Dialect::sqlite);
  put(grown, kFarAbove, "글", grown.node.create_user());
  int slices = 0;
  core::search::seal(
      grown.database, [&] { return ++slices < 3; }, [](auto) {});
  CHECK(sealed(grown).first == 2);
  CHECK(sealed(grown).next == 3);
  CHECK(seal(grown) == 2);
  CHECK(sealed(grown).first == 0);
}

TEST_CASE("A run that ends anywhere is taken up, and searches find the same meanwhile") {
  World world(ON_EACH_DATABASE());
  const auto author = world.node.create_user();
  auto reader = world.node.guest();
  put_many_letters(world, 5, author);
  put(world, 100, "사과나무", author);
  put(world, kFarAbove, "배나무", author);
  int runs = 0;
  bool done = false;
  while (!done) {
    int asked = 0;
    // One slice a run, or none: the last one also finds that nothing is left.
    const auto goes_on = [&] { return ++asked <= 2; };
    core::search::seal(world.database, goes_on, [](auto) {});
    done = sealed(world).first == 0 && sealed(world).next == 3;
    CHECK(found(reader, "나무") == Ids{kFarAbove, 100});
    REQUIRE(++runs < 1000);
  }
  CHECK(runs > 3);
  CHECK(found(reader, "가각").size() == 1);
  CHECK(seal(world) == 0);
}

TEST_CASE("What is edited is found by its new text, before, while and after it is put into the index") {
  World world(ON_EACH_DATABASE());
  auto author = world.node.guest();
  auto reader = world.node.guest();
  const auto post = write_post(author, "처음에는 사과");
  const auto id = std::stoll(post);
  const auto other = world.node.create_user();
  put_many_letters(world, 50, other);
  put(world, kFarAbove, "끝", other);
  edit(author, post, "이제는 수박");
  CHECK(found(reader, "수박") == Ids{id});
  CHECK(found(reader, "사과").empty());
  int slices = 0;
  core::search::seal(
      world.database, [] { return true; },
      [&](auto) {
        if (++slices % 2 == 1) edit(author, post, "이제는 딸기 " + std::to_string(slices));
      });
  CHECK(slices > 3);
  CHECK(found(reader, "딸기") == Ids{id});
  CHECK(found(reader, "수박").empty());
  edit(author, post, "드디어 포도나무");
  CHECK(found(reader, "포도 나무") == Ids{id});
  CHECK(found(reader, "딸기").empty());
  edit(author, post, "드디어 포도나무");
  edit(author, post, "처음에는 사과");
  CHECK(found(reader, "사과") == Ids{id});
}

TEST_CASE("While people post a slice is followed by a pause of many times its length, else by one as long") {
  using Clock = std::chrono::steady_clock;
  World world(ON_EACH_DATABASE());
  const auto author = world.node.create_user();
  put_many_letters(world, 50, author, 80);
  std::int64_t newest = kFarAbove;
  put(world, newest, "끝", author);
  const bool posting = GENERATE(false, true);
  std::vector<std::pair<Clock::duration, Clock::duration>> pauses;  // and the time since the one before, for the slice
  auto last = Clock::now();
  core::search::seal(
      world.database, [&] { return pauses.size() < 5; },
      [&](Clock::duration length) {
        pauses.emplace_back(length, Clock::now() - last);
        if (posting) put(world, ++newest, "글", author);
        last = Clock::now();
      });
  REQUIRE(pauses.size() == 5);
  for (std::size_t i = 1; i < pauses.size(); ++i) {
    const auto& [length, since] = pauses[i];
    CAPTURE(i, posting, length.count(), since.count());
    CHECK(length <= (posting ? 35 * since : since));
  }
  // The third chunk is the one of many slices, of 5 ms and more but for its last.
  if (posting) {
    for (const auto i : {2, 3}) CHECK(pauses[i].first >= std::chrono::milliseconds(175));
  }
}

TEST_CASE("Two nodes that seal at once seal each chunk once, and people write meanwhile") {
  World world(ON_EACH_DATABASE());
  const auto author = world.node.create_user();
  put_many_letters(world, 5, author);
  put_many_letters(world, 4100, author);
  put(world, kFarAbove, "끝", author);
  std::atomic<bool> stop = false;
  std::atomic<std::int64_t> chunks = 0;
  const auto sealing = [&] {
    while (!stop) chunks += seal(world);
  };
  std::thread one(sealing), two(sealing);
  auto writer = world.node.guest();
  for (int i = 0; i < 20; ++i) {
    const auto post = write_post(writer, "나무 " + std::to_string(i));
    edit(writer, post, "사과나무 " + std::to_string(i));
  }
  while (sealed(world).first > 0) std::this_thread::yield();
  stop = true;
  one.join();
  two.join();
  CHECK(chunks == 3);
  CHECK(sealed(world).next == 3);
  CHECK(found(writer, "사과나무").size() == 20);
  CHECK(found(writer, "가각").size() == 2);
}

TEST_CASE("Posts and edits that are being written when their chunk is sealed are waited for") {
  World world(storage::Dialect::mysql);
  const core::Parts parts;
  const auto author = world.node.create_user();
  auto reader = world.node.guest();
  put(world, 4100, "처음 글", author);
  put(world, kFarAbove, "끝", author);
  beside(
      world,
      [&](storage::Connection& c) {
        c.execute(
            "INSERT INTO posts (id, user_id, author, author_type, content, created_at, updated_at) VALUES (7, :author, "
            "'1만', 1, '늦은 글', 0, 0)",
            author);
        CHECK(core::feed::edit_post(c, parts.listeners, {4100}, author, "나중 글", world.clock.now()).has_value());
      },
      [&] { return seal(world); });
  CHECK(sealed(world).first == 0);
  CHECK(found(reader, "늦은") == Ids{7});
  CHECK(found(reader, "나중") == Ids{4100});
}
