#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "archive.hpp"
#include "dontgoback/backup.hpp"
#include "examine.hpp"
#include "storage/open.hpp"

namespace dontgoback::backup {

/// The node that is backed up, as its configuration says.
struct Subject {
  std::string program;  ///< this program's version
  std::string role;
  std::filesystem::path data_dir;
  bool has_database = false;
  storage::DatabaseSettings database;
  std::vector<KeptFile> files;  ///< those of its modules, and what the host itself is configured with
};

struct Made {
  Manifest manifest;
  std::vector<std::string> left_out;  ///< files that could not be read or are not there, with the reason
};

/// Writes a backup of the node into `sink`, beside a running server: the database as it is at one moment, and the
/// files. `scratch` is an empty folder with space for the database. Throws std::runtime_error when the keys do not open
/// what is in the database: such a backup would be of no use.
Made create(const Subject& subject, const Knowledge& knowledge, const std::filesystem::path& scratch, const Sink& sink,
            const Report& report);

}  // namespace dontgoback::backup
