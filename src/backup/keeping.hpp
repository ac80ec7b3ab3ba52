#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "dontgoback/time/clock.hpp"

// A folder of backups, and the note of the last good one.
namespace dontgoback::backup {

/// The name of the folder's next backup of a role: `dontgoback-core-000042-20261126T030000Z.tar.zst`. Numbers go on
/// from the highest there is, so that their order is that of their making, whatever the clock was.
std::filesystem::path next_file(const std::filesystem::path& folder, const std::string& role, time::Timestamp now);

/// Removes all but the `keep` with the highest numbers, and never `made`. Only files of such a name that say themselves
/// that they are backups of the role; returns them.
std::vector<std::filesystem::path> remove_older(const std::filesystem::path& folder, const std::string& role,
                                                std::size_t keep, const std::filesystem::path& made);

struct LastBackup {
  time::Timestamp at;
  std::string file;  ///< or `-`
};
/// Notes a good one in the node's data directory.
void note_backup(const std::filesystem::path& data_dir, const LastBackup& backup);
/// Nothing when there was none, or the note cannot be read.
std::optional<LastBackup> last_backup(const std::filesystem::path& data_dir);

}  // namespace dontgoback::backup
