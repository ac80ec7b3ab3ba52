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
  std::vector<std::string> said;

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
  CHECK(recover(data, nullptr, said) == Recovered::thrown_away);
  CHECK(fs::is_empty(data));
  CHECK(recover(data, nullptr, said) == Recovered::nothing);
}

TEST_CASE_METHOD(Staged, "a half-written journal is none") {
  put(staging / "journal.draft", "{");
  CHECK(recover(data, nullptr, said) == Recovered::thrown_away);
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
  CHECK(recover(data, nullptr, said) == Recovered::completed);
  check_complete();
}

TEST_CASE_METHOD(Staged, "what is elsewhere already stays") {
  fs::create_directories(folder.path() / "etc");
  put(folder.path() / "etc" / "config", "mine");
  write_journal(data, placement);
  said = carry_out(data, placement, nullptr);
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
  said = carry_out(data, placement, nullptr);
  REQUIRE(said.size() == 1);
  CHECK_THAT(said.front(), Catch::Contains("/etc/credstore"));
  CHECK_FALSE(fs::exists("/run/credentials/dontgoback@core.service/no-such"));
}

TEST_CASE_METHOD(Staged, "what is neither staged nor in its place ends in a refusal, and nothing staged is removed") {
  write_journal(data, placement);
  fs::remove(staging / "a.key");  // moved, and then taken away by somebody
  CHECK_THROWS_AS(recover(data, nullptr, said), CannotComplete);
  CHECK(awaits_recovery(data));
  CHECK(content(staging / "database") == "database");
  CHECK_FALSE(fs::exists(data / "b.key"));
}

TEST_CASE_METHOD(Staged, "what somebody has put there since is not replaced") {
  write_journal(data, placement);
  put(data / "b.key", "mine");
  CHECK_THROWS_WITH(recover(data, nullptr, said), Catch::Contains("b.key") && Catch::Contains(".restore"));
  CHECK(content(data / "b.key") == "mine");
  CHECK(content(staging / "a.key") == "a.key");
}

TEST_CASE_METHOD(Staged, "what was on its way into a MariaDB is not completed without that one, and stays") {
  placement.mariadb = "mysql://somebody@db.test/dontgoback";
  write_journal(data, placement);
  const dontgoback::storage::DatabaseSettings other{.url = "sqlite:" + (data / "other").string()};
  for (const auto* database : {&other, static_cast<const dontgoback::storage::DatabaseSettings*>(nullptr)}) {
    CHECK_THROWS_WITH(recover(data, database, said), Catch::Contains(placement.mariadb));
    CHECK(fs::exists(staging / "a.key"));
    CHECK_FALSE(fs::exists(data / "a.key"));
  }
}

TEST_CASE_METHOD(Staged, "a damaged journal says what to do") {
  put(staging / "journal", "{");
  CHECK_THROWS_AS(interrupted_backup(data), CannotComplete);
  CHECK_THROWS_WITH(recover(data, nullptr, said), Catch::Contains("remove " + staging.string()));
}

TEST_CASE_METHOD(Staged, "a folder that was renamed in between is completed where it is") {
  write_journal(data, placement);
  fs::rename(placement.moves.front().from, placement.moves.front().to);
  fs::rename(data, folder.path() / "renamed");
  data = folder.path() / "renamed";
  staging = staging_folder(data);
  CHECK(recover(data, nullptr, said) == Recovered::completed);
  check_complete();
}

TEST_CASE_METHOD(Staged, "a file elsewhere that cannot be put or compared is told, and the rest is complete") {
  const auto etc = folder.path() / "etc";
  const int what = GENERATE(0, 1, 2, 3);
  if (what == 0) fs::create_directories(etc / "config");
  if (what == 1) put(etc, "a file where the folder was");
  if (what == 2) fs::create_symlink("etc", etc);
  if (what == 3) {
    fs::create_directories(etc);
    REQUIRE(::mkfifo((etc / "config").c_str(), 0600) == 0);
  }
  write_journal(data, placement);
  CHECK(recover(data, nullptr, said) == Recovered::completed);
  REQUIRE(said.size() == 1);
  CHECK_THAT(said.front(), Catch::Contains("by hand"));
  CHECK(content(data / "database") == "database");
  CHECK_FALSE(fs::exists(staging));
}
