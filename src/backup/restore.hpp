#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "archive.hpp"
#include "examine.hpp"
#include "storage/open.hpp"

namespace dontgoback::backup {

/// Where a backup is put back.
struct Target {
  std::string role;
  std::filesystem::path data_dir;  ///< without links; may be missing
  bool has_database = false;       ///< the role keeps one
  storage::DatabaseSettings database;
  std::filesystem::path archive;  ///< the backup's own file, which may lie in the data directory; empty: none
};

struct Restored {
  std::vector<std::string> contradictions;  ///< what was wrong already when the backup was made
  std::vector<std::string> said;            ///< what became of files outside the data directory
};

/// Why there is no place for a backup; throws std::invalid_argument naming what is in the way. Looks only.
void require_empty(const Target& target, const Manifest& manifest, const Knowledge& knowledge);

/// Puts the backup whose manifest `reader` has read into an empty place. The data directory is there and locked;
/// `require_known` and `require_empty` have been called. Throws std::runtime_error, with nothing in place, when
/// something is wrong with it.
Restored restore(ArchiveReader& reader, const Target& target, const Knowledge& knowledge, const Report& report);

/// Bytes that unpacking and checking needs, in the data directory or beside the database.
std::uint64_t needed_space(const Manifest& manifest);

}  // namespace dontgoback::backup
