#include "backup/archive.hpp"

#include <catch2/catch.hpp>
#include <cstring>
#include <fstream>
#include <random>

#include "backup/files.hpp"
#include "backup/tar.hpp"
#include "backup/zstd.hpp"
#include "support/temporary_directory.hpp"

using namespace dontgoback::backup;
using dontgoback::test::TemporaryDirectory;
namespace fs = std::filesystem;

namespace {

const Report kSilent = [](std::string_view, std::int64_t, std::int64_t, std::string_view) {};

Source from(std::string bytes, std::size_t at_once = SIZE_MAX) {
  auto rest = std::make_shared<std::string>(std::move(bytes));
  return [rest, at_once](char* buffer, std::size_t size) {
    const auto n = std::min({size, rest->size(), at_once});
    std::memcpy(buffer, rest->data(), n);
    rest->erase(0, n);
    return n;
  };
}

std::string random_text(std::size_t size) {
  std::mt19937 generator(7);
  std::string text(size, '\0');
  for (auto& c : text) c = static_cast<char>(generator());
  return text;
}

/// A small backup as bytes.
std::string made(const TemporaryDirectory& folder) {
  fs::create_directories(folder.path() / "data");
  std::ofstream(folder.path() / "data" / "session.key") << std::string(32, 'k');
  std::ofstream(folder.path() / "database.sqlite") << random_text(300'000);
  std::ofstream(folder.path() / "empty");
  Manifest manifest;
  manifest.role = "core";
  manifest.parts = {{"data/session.key", 0, {}}, {"empty", 0, {}}, {"database.sqlite", 0, {}}};
  manifest.files = {{"session-key", "data/session.key", "session.key", 0600, "root", "root"}};
  std::string bytes;
  write_archive(
      manifest, folder.path(), [&bytes](std::string_view more) { bytes += more; }, kSilent);
  return bytes;
}

/// Nothing when it is whole, else what is wrong. `behind` comes by itself when all the rest was read.
std::string wrong_with(const std::string& bytes, const std::string& behind = {}) {
  const TemporaryDirectory target;
  const auto archive = from(bytes);
  const auto more = from(behind);
  try {
    ArchiveReader reader([&](char* buffer, std::size_t size) {
      const auto got = archive(buffer, size);
      return got != 0 ? got : more(buffer, size);
    });
    reader.unpack(target.path(), kSilent);
    return {};
  } catch (const BadArchive& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("an archive is read as it was written, in pieces of any size") {
  const TemporaryDirectory folder;
  const auto bytes = made(folder);
  for (const std::size_t at_once : {std::size_t{1}, std::size_t{511}, std::size_t{100'000}}) {
    const TemporaryDirectory target;
    ArchiveReader reader(from(bytes, at_once));
    CHECK(reader.manifest().role == "core");
    CHECK(total_size(reader.manifest()) == 300'032);
    reader.unpack(target.path(), kSilent);
    for (const auto* name : {"data/session.key", "database.sqlite", "empty"}) {
      CHECK(sha256_of(target.path() / name) == sha256_of(folder.path() / name));
    }
    CHECK((fs::status(target.path() / "database.sqlite").permissions() & fs::perms::all) ==
          (fs::perms::owner_read | fs::perms::owner_write));
  }
}

TEST_CASE("whatever is missing, added or changed is seen") {
  const TemporaryDirectory folder;
  const auto bytes = made(folder);
  REQUIRE(wrong_with(bytes).empty());
  for (std::size_t size = 0; size < bytes.size(); size += bytes.size() / 40) {
    CAPTURE(size);
    CHECK_FALSE(wrong_with(bytes.substr(0, size)).empty());
  }
  CHECK(wrong_with(bytes.substr(0, bytes.size() - 1)) == "is cut short");
  CHECK_FALSE(wrong_with(bytes + "x").empty());
  CHECK(wrong_with(bytes, "x") == "is damaged: something follows its end");
  CHECK_FALSE(wrong_with(bytes + bytes).empty());
  for (std::size_t place = 0; place < bytes.size(); place += bytes.size() / 100) {
    auto other = bytes;
    other[place] = static_cast<char>(other[place] ^ 4);
    CAPTURE(place);
    CHECK_FALSE(wrong_with(other).empty());
  }
  CHECK(wrong_with("") == "is empty");
  CHECK(wrong_with("SQLite format 3") == "is not a backup of dontgoback");
}

TEST_CASE("another archive is not taken for one") {
  std::string bytes;
  Compressor compressor([&bytes](std::string_view more) { bytes += more; });
  TarWriter tar([&compressor](std::string_view more) { compressor.write(more); });
  const std::string content = GENERATE(std::string("hello"), std::string("{}"), std::string("[1]"),
                                       std::string(R"({"format":"x","version":1,"program":"y"})"));
  tar.begin({GENERATE("manifest.json", "other.txt"), content.size(), 0600, "", "", 0});
  tar.write(content);
  tar.end();
  tar.finish();
  compressor.finish();
  CHECK_THAT(wrong_with(bytes), Catch::StartsWith("is not a backup of dontgoback"));
}

TEST_CASE("a manifest that leads elsewhere, or nowhere, is refused") {
  Manifest manifest;
  manifest.parts = {{"data/a", 1, "x"}};
  const auto refused = [](const Manifest& changed) { CHECK_THROWS_AS(read_manifest(to_json(changed)), BadArchive); };
  CHECK_NOTHROW(read_manifest(to_json(manifest)));
  for (const auto* path : {"../a", "a/../../b", "", "/etc/../etc/x"}) {
    auto changed = manifest;
    changed.files = {{"n", "data/a", path, 0600, "", ""}};
    CAPTURE(path);
    refused(changed);
  }
  for (const auto* part : {"/etc/passwd", "../x", ""}) {
    auto changed = manifest;
    changed.parts.push_back({part, 0, ""});
    refused(changed);
  }
  auto changed = manifest;
  changed.files = {{"n", "not there", "a", 0600, "", ""}};
  refused(changed);
  changed = manifest;
  changed.parts[0].size = -1;
  refused(changed);
  changed = manifest;
  changed.version = 2;
  CHECK_THROWS_WITH(read_manifest(to_json(changed)), Catch::Contains("newer"));
}

TEST_CASE("what follows the end is seen, also when it comes alone") {
  const TemporaryDirectory folder;
  const auto bytes = made(folder);
  for (const auto& behind : {std::string("x"), std::string(1, '\0'), bytes}) {
    const TemporaryDirectory target;
    ArchiveReader reader(from(bytes + behind, 1));
    CHECK_THROWS_WITH(reader.unpack(target.path(), kSilent), Catch::Contains("something follows its end"));
  }
}

TEST_CASE("a file that grows or shrinks while it is read makes no archive") {
  TarWriter tar([](std::string_view) {});
  Member member;
  member.name = "a";
  member.size = 10;
  tar.begin(member);
  tar.write("12345");
  CHECK_THROWS_WITH(tar.end(), Catch::Contains("shrank"));
  CHECK_THROWS_WITH(tar.write("678901"), Catch::Contains("grew"));
  tar.write("67890");
  tar.end();
}

TEST_CASE("tar keeps sizes past 8 GiB") {
  std::string bytes;
  TarWriter writer([&bytes](std::string_view more) { bytes += more; });
  writer.begin({"large", 20'000'000'000, 0640, "somebody", "others", 1'800'000'000});
  TarReader reader(from(bytes));
  const auto member = reader.next();
  REQUIRE(member);
  CHECK(member->size == 20'000'000'000);
  CHECK(member->mode == 0640);
  CHECK(member->owner == "somebody");
  CHECK(member->modified == 1'800'000'000);
}

TEST_CASE("what a killed process left is cleared, what a living one has is not") {
  const TemporaryDirectory folder;
  const auto abandoned = folder.path() / (std::string(kScratchPrefix) + "gone");
  fs::create_directories(abandoned / "deep");
  const Scratch first(folder.path());
  CHECK_FALSE(fs::exists(abandoned));
  const Scratch second(folder.path());
  CHECK(fs::exists(first.path()));
  CHECK(first.path() != second.path());
}
