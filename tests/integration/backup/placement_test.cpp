#include "backup/placement.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "support/temporary_directory.hpp"

using namespace dontgoback::backup;
using dontgoback::test::TemporaryDirectory;
namespace fs = std::filesystem;

namespace {

struct Staged {
  TemporaryDirectory folder;
  fs::path data = folder.path() / "data";
  fs::path staging = staging_folder(data);
  Placement placement;

  Staged() {
    fs::create_directories(staging);
    for (const auto* name : {"a.key", "b.key", "database"}) {
      put(staging / name, name);
      placement.moves.push_back({(staging / name).string(), (data / name).string()});
    }
    put(staging / "config", "settings");
    placement.elsewhere.push_back(
        {(staging / "config").string(), (folder.path() / "etc" / "config").string(), 0640, "", ""});
    placement.backup = "the one";
  }
  static void put(const fs::path& file, const std::string& content) { std::ofstream(file) << content; }
  static std::string content(const fs::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  void check_complete() const {
    for (const auto* name : {"a.key", "b.key", "database"}) CHECK(content(data / name) == name);
    CHECK(content(folder.path() / "etc" / "config") == "settings");
    CHECK_FALSE(fs::exists(staging));
  }
};

}  // namespace

TEST_CASE_METHOD(Staged, "without a journal nothing of it is kept") {
  CHECK_FALSE(awaits_recovery(data));
  CHECK(recover(data, nullptr) == Recovered::thrown_away);
  CHECK(fs::is_empty(data));
  CHECK(recover(data, nullptr) == Recovered::nothing);
}

TEST_CASE_METHOD(Staged, "a half-written journal is none") {
  put(staging / "journal.draft", "{");
  CHECK(recover(data, nullptr) == Recovered::thrown_away);
  CHECK(fs::is_empty(data));
}

TEST_CASE_METHOD(Staged, "with a journal it is completed, wherever it was interrupted") {
  write_journal(data, placement);
  CHECK(awaits_recovery(data));
  CHECK(interrupted_backup(data) == "the one");
  const int moved = GENERATE(0, 1, 2, 3, 4, 5);
  for (int i = 0; i < std::min(moved, 3); ++i) {
    fs::rename(placement.moves[static_cast<std::size_t>(i)].from, placement.moves[static_cast<std::size_t>(i)].to);
  }
  if (moved > 3) {
    fs::create_directories(folder.path() / "etc");
    put(folder.path() / "etc" / "config", "settings");
  }
  if (moved > 4) fs::remove(staging / "config");  // it was clearing up
  CHECK(recover(data, nullptr) == Recovered::completed);
  check_complete();
}

TEST_CASE_METHOD(Staged, "what is elsewhere already stays") {
  fs::create_directories(folder.path() / "etc");
  put(folder.path() / "etc" / "config", "mine");
  write_journal(data, placement);
  const auto said = carry_out(data, placement, nullptr);
  REQUIRE(said.size() == 1);
  CHECK_THAT(said.front(), Catch::Contains("stays as it is"));
  CHECK(content(folder.path() / "etc" / "config") == "mine");
}

TEST_CASE_METHOD(Staged, "a file elsewhere keeps its mode, without what others could do") {
  placement.elsewhere.front().mode = 04664;
  write_journal(data, placement);
  carry_out(data, placement, nullptr);
  struct stat status {};
  REQUIRE(::stat((folder.path() / "etc" / "config").c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0644);
}

TEST_CASE_METHOD(Staged, "a credential of systemd is told, not made") {
  placement.elsewhere.front().to = "/run/credentials/dontgoback@core.service/no-such";
  write_journal(data, placement);
  const auto said = carry_out(data, placement, nullptr);
  REQUIRE(said.size() == 1);
  CHECK_THAT(said.front(), Catch::Contains("/etc/credstore"));
  CHECK_FALSE(fs::exists("/run/credentials/dontgoback@core.service/no-such"));
}
