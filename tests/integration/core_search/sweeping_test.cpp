// What was removed for good leaves the index.
#include "core/search/sweeping.hpp"

#include "core/parts.hpp"
#include "core/search/store.hpp"
#include "search_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::core;
using namespace dontgoback::test;

namespace {

constexpr std::int64_t kFarAbove = 2 * 4096 + 500;

bool sweep(World& world, int slices = 1'000'000) {
  return search::sweep_removed(
      world.database, [&] { return --slices >= 0; }, [](auto) {});
}

/// How many rows of the index have the post.
int rows_with(World& world, feed::PostId post) {
  int rows = 0;
  world.database.read([&](storage::Connection& c) {
    for (search::Bigram done = 0;;) {
      done = search::each_row_after(c, done, 100, [&](search::Bigram, search::Chunk chunk, const search::Offsets& ids) {
        rows += chunk == search::chunk_of(post) && ids.has(search::offset_of(post)) ? 1 : 0;
      });
      if (done == 0) return;
    }
  });
  return rows;
}

}  // namespace

TEST_CASE("Posts that were removed for good leave the index, and a sweep that was cut short is taken up") {
  World world(ON_EACH_DATABASE());
  const Parts parts;
  const auto leaver = world.node.create_user();
  const auto stays = world.node.create_user();
  auto reader = world.node.guest();
  std::string letters;
  for (char a = 'a'; a <= 'z'; ++a) {
    for (char b = 'a'; b <= 'z'; b = static_cast<char>(b + 3)) letters.append({a, b});
  }
  put(world, 7, "떠나는 사람의 글 " + letters.substr(0, 400), leaver);
  put(world, 8, "남는 사람의 글 " + letters.substr(0, 300), stays);
  put(world, 4100, "떠나는 사람이 남긴 답", leaver);
  put(world, kFarAbove, "끝", stays);
  CHECK(seal(world) == 2);
  REQUIRE(rows_with(world, {7}) > 100);
  const auto of_who_stays = rows_with(world, {8});
  CHECK(sweep(world, 0));  // nobody left

  // What is deleted may yet be asked for, what has an answer stays without words.
  REQUIRE(reader.post("/api/v1/comments", comment_body("4100", "답")).status == 201);
  world.database.write([&](storage::Connection& c) {
    while (!parts.life_cycle.remove_slice(c, leaver, world.clock.now())) continue;
  });
  CHECK(found(reader, "떠나는").empty());
  CHECK(rows_with(world, {7}) > 100);
  int runs = 1;
  for (; !sweep(world, 2); ++runs) REQUIRE(runs < 1000);
  CHECK(runs > 1);
  CHECK(rows_with(world, {7}) == 0);
  CHECK(rows_with(world, {4100}) == 0);
  CHECK(rows_with(world, {8}) == of_who_stays);
  CHECK(rows_with(world, {kFarAbove}) == 0);
  CHECK(found(reader, "사람의 글") == Ids{8});
  CHECK(sweep(world, 0));
}
