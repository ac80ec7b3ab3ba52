// Walk's key: made once, sealed with a file, missed when that is lost, and the way out.
#include <filesystem>
#include <fstream>

#include "integration/walk_walkers/walkers_world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
namespace fs = std::filesystem;

namespace {

bool starts(WalkersWorld& world) {
  TestNode node({.clock = world.clock, .node = node_in(world.fresh.directory()), .database = &world.database});
  walk::WalkModule walk;
  try {
    node.start(walk);
  } catch (const std::invalid_argument& error) {
    const std::string what = error.what();
    CHECK(what.find("walk.key") != std::string::npos);
    CHECK(what.find("walkers reset-keys --yes") != std::string::npos);
    return false;
  }
  node.stop();
  return true;
}

}  // namespace

TEST_CASE("Without the file that sealed walk's key no node starts, and a reset is the way out") {
  WalkersWorld world(ON_EACH_DATABASE());
  const auto phone = world.phone("1");
  const auto file = world.fresh.directory() / "walk.key";
  CHECK(fs::file_size(file) == 32);
  CHECK((fs::status(file).permissions() & fs::perms::others_all) == fs::perms::none);
  CHECK(starts(world));
  const auto kept = world.fresh.directory() / "kept";
  fs::rename(file, kept);
  CHECK(!starts(world));
  CHECK(!fs::exists(file));
  std::ofstream(file) << std::string(32, 'x');
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  CHECK(!starts(world));
  SECTION("it is put back") {
    fs::rename(kept, file);
    CHECK(starts(world));
  }
  SECTION("it is lost") {
    CHECK_THROWS_AS(world.command("reset-keys", {}), std::invalid_argument);
    world.command("reset-keys", {{"yes", "true"}});
    CHECK(world.number("SELECT COUNT(*) FROM walker_sessions") == 0);
    CHECK(starts(world));
    CHECK(world.number("SELECT COUNT(*) FROM walkers") == 1);
  }
}

TEST_CASE("Whether a copy's file opens the copy's key is seen without a start") {
  WalkersWorld world(storage::Dialect::sqlite);
  std::ifstream in(world.fresh.directory() / "walk.key", std::ios::binary);
  const std::string key(std::istreambuf_iterator<char>(in), {});
  const auto problems = [&](std::optional<std::string> file) {
    return world.database.read([&](storage::Connection& connection) {
      backup::Copy copy{&connection, [&](std::string_view) { return file; },
                        [](std::string_view) { return std::nullopt; }, "all"};
      return walk::WalkModule().check_copy(copy);
    });
  };
  CHECK(problems(key).empty());
  CHECK(problems(std::nullopt).size() == 1);
  CHECK(problems(std::string(32, 'x')).size() == 1);
  const auto kept = walk::WalkModule().kept_files(world.node.settings());
  REQUIRE(kept.size() == 1);
  CHECK(kept.front().made_by_node);
  CHECK(kept.front().path == world.fresh.directory() / "walk.key");
}
