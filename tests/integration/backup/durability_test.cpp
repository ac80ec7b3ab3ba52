#include <catch2/catch.hpp>
#include <fstream>

#include "backup/files.hpp"
#include "backup/keeping.hpp"
#include "backup/placement.hpp"
#include "support/syncs.hpp"
#include "support/temporary_directory.hpp"

using namespace dontgoback::backup;
using dontgoback::test::TemporaryDirectory;
using dontgoback::test::WatchedSyncs;
namespace fs = std::filesystem;

// What a power cut must not take away again.

namespace {

fs::path file_in(const fs::path& folder, const std::string& name) {
  fs::create_directories(folder);
  std::ofstream(folder / name) << name;
  return folder / name;
}

}  // namespace

TEST_CASE("a file that is moved into its place is durable, and then its name") {
  const TemporaryDirectory folder;
  const auto draft = file_in(folder.path() / "drafts", "draft");
  fs::create_directories(folder.path() / "place");
  const WatchedSyncs syncs;
  move_into_place(draft, folder.path() / "place" / "file");
  CHECK(syncs.durable(folder.path() / "place" / "file"));
  CHECK_FALSE(fs::exists(draft));
}

TEST_CASE("a new file is durable when it says so") {
  const TemporaryDirectory folder;
  NewFile file(folder.path() / "new", "new");
  file.write("content");
  const WatchedSyncs syncs;
  CHECK(syncs.of(folder.path() / "new") == 0);
  file.sync();
  CHECK(syncs.of(folder.path() / "new") == 1);
}

TEST_CASE("the note of the last backup is durable") {
  const TemporaryDirectory data;
  const WatchedSyncs syncs;
  note_backup(data.path(), {dontgoback::time::Timestamp{}, "one"});
  CHECK(syncs.durable(fs::directory_iterator(data.path())->path()));
  CHECK(last_backup(data.path())->file == "one");
}

TEST_CASE("a restore's journal is durable before anything moves, and everything moved before the journal goes") {
  const TemporaryDirectory folder;
  const auto data = folder.path() / "data";
  const auto staging = staging_folder(data);
  Placement placement;
  placement.moves.push_back({file_in(staging, "a.key").string(), (data / "a.key").string()});
  placement.elsewhere.push_back(
      {file_in(staging, "config").string(), (folder.path() / "etc" / "config").string(), 0640, "", ""});
  placement.backup = "the one";
  {
    const WatchedSyncs syncs;
    write_journal(data, placement);
    CHECK(syncs.durable(staging / "journal"));
    CHECK(syncs.of(data) > 0);  // that there is a staging folder
  }
  const WatchedSyncs syncs;
  carry_out(data, placement, nullptr);
  CHECK(syncs.of(data) > 1);  // the key's name; that the journal is gone
  CHECK(syncs.durable(folder.path() / "etc" / "config"));
}
