#include "core/demo/demo.hpp"

#include "support/core/asset_world.hpp"

using namespace dontgoback;
using namespace dontgoback::core::demo;
using namespace dontgoback::test;

TEST_CASE("The demo is lived in, and a second run changes nothing") {
  AssetWorld world(GENERATE(storage::Dialect::sqlite, storage::Dialect::mysql));

  // Cut short: the members are there, their history is not.
  world.source->is_away = [](UserId) { return true; };
  CHECK_THROWS(world.command(
      commands(world.parts.life_cycle, world.parts.directory, world.parts.listeners, world.asked()), "seed"));
  world.source->is_away = [](UserId) { return false; };
  CHECK_THAT(world.command(
                 commands(world.parts.life_cycle, world.parts.directory, world.parts.listeners, world.asked()), "seed"),
             Catch::StartsWith("demo: 0 members with 1800 days of fortune"));

  CHECK(world.number("SELECT COUNT(*) FROM accounts") == 10);
  CHECK(world.number("SELECT COUNT(*) FROM accounts WHERE role = 2") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM asset_snapshots") == 1800);
  CHECK(world.number("SELECT COUNT(*) FROM posts") == 24);
  CHECK(world.number("SELECT COUNT(DISTINCT author) FROM posts") > 10);
  CHECK(world.number("SELECT COUNT(*) FROM comments WHERE parent_id IS NOT NULL") > 10);
  CHECK(world.number("SELECT COUNT(*) FROM post_likes") > 50);
  const auto now = std::to_string(world.clock.now().time_since_epoch().count());
  CHECK(world.number("SELECT COUNT(*) FROM comments WHERE created_at > " + now) == 0);
  CHECK(world.number("SELECT COUNT(*) FROM posts p WHERE like_count <> (SELECT COUNT(*) FROM post_likes l "
                     "WHERE l.post_id = p.id) OR comment_count <> (SELECT COUNT(*) FROM comments c "
                     "WHERE c.post_id = p.id)") == 0);

  const auto likes = world.number("SELECT COUNT(*) FROM post_likes");
  world.clock.advance(std::chrono::days(1));
  CHECK_THAT(world.command(
                 commands(world.parts.life_cycle, world.parts.directory, world.parts.listeners, world.asked()), "seed"),
             Catch::StartsWith("the demo is there already"));
  CHECK(world.number("SELECT COUNT(*) FROM posts") == 24);
  CHECK(world.number("SELECT COUNT(*) FROM post_likes") == likes);
}
