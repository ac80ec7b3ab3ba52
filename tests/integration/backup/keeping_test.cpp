#include "backup/keeping.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "backup/archive.hpp"
#include "backup/files.hpp"
#include "support/temporary_directory.hpp"

using namespace dontgoback;
using namespace dontgoback::backup;
using test::TemporaryDirectory;
namespace fs = std::filesystem;

namespace {

constexpr time::Timestamp kNow{std::chrono::milliseconds{1'800'000'000'000}};
constexpr time::Timestamp kLongAgo{std::chrono::milliseconds{1'000'000}};

fs::path make(const fs::path& folder, const std::string& role, time::Timestamp now) {
  const auto name = next_file(folder, role, now);
  Manifest manifest;
  manifest.role = role;
  NewFile file(name);
  write_archive(
      manifest, folder, [&file](std::string_view bytes) { file.write(bytes); },
      [](std::string_view, std::int64_t, std::int64_t, std::string_view) {});
  return name;
}

}  // namespace

TEST_CASE("numbers go on, whatever the clock is") {
  const TemporaryDirectory folder;
  CHECK(make(folder.path(), "core", kNow).filename() == "dontgoback-core-000001-20270115T080000Z.tar.zst");
  CHECK(make(folder.path(), "core", kLongAgo).filename() == "dontgoback-core-000002-19700101T001640Z.tar.zst");
  CHECK(make(folder.path(), "auth", kNow).filename() == "dontgoback-auth-000001-20270115T080000Z.tar.zst");
  std::ofstream(folder.path() / "dontgoback-core-1000000-20270115T080000Z.tar.zst");
  CHECK(make(folder.path(), "core", kNow).filename() == "dontgoback-core-1000001-20270115T080000Z.tar.zst");
}

TEST_CASE("the highest numbers are kept, and all that is no backup of the role") {
  const TemporaryDirectory folder;
  std::vector<fs::path> made;
  for (const auto now : {kNow, kLongAgo, kNow, kLongAgo}) made.push_back(make(folder.path(), "core", now));
  const auto other = make(folder.path(), "auth", kNow);
  const auto lie = folder.path() / "dontgoback-core-000000-20270115T080000Z.tar.zst";
  fs::copy_file(other, lie);
  const auto empty = folder.path() / "dontgoback-core-000000-20270115T080001Z.tar.zst";
  std::ofstream{empty};
  const auto link = folder.path() / "dontgoback-core-000000-20270115T080002Z.tar.zst";
  fs::create_symlink(made[3], link);

  CHECK(remove_older(folder.path(), "core", 2, made[3]) == std::vector<fs::path>{made[1], made[0]});
  for (const auto& kept : {made[2], made[3], other, lie, empty, link}) CHECK(fs::exists(kept));
  CHECK(remove_older(folder.path(), "core", 1, made[2]).empty());  // never the one just made
  CHECK(fs::exists(made[2]));
  CHECK(remove_older(folder.path(), "core", 0, made[2]).empty());  // nor the newest, whatever is to be kept
  CHECK(fs::exists(made[3]));
}

TEST_CASE("what is no backup does not count, nor does a number that is too large") {
  const TemporaryDirectory folder;
  const auto first = make(folder.path(), "core", kNow);
  for (const auto* number : {"000007", "000008", "18446744073709551615"}) {
    std::ofstream(folder.path() / ("dontgoback-core-" + std::string(number) + "-20270115T080000Z.tar.zst")) << "junk";
  }
  const auto second = make(folder.path(), "core", kNow);
  CHECK(second.filename() == "dontgoback-core-000009-20270115T080000Z.tar.zst");
  CHECK(remove_older(folder.path(), "core", 2, second).empty());
  CHECK(fs::exists(first));
}

TEST_CASE("the last backup is noted") {
  const TemporaryDirectory folder;
  CHECK_FALSE(last_backup(folder.path()));
  note_backup(folder.path(), {kNow, "/a/b"});
  note_backup(folder.path(), {kLongAgo, "/c"});
  REQUIRE(last_backup(folder.path()));
  CHECK(last_backup(folder.path())->at == kLongAgo);
  CHECK(last_backup(folder.path())->file == "/c");
  std::ofstream(folder.path() / "last-backup.json") << "{";
  CHECK_FALSE(last_backup(folder.path()));
}
