#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "archive.hpp"
#include "dontgoback/backup.hpp"
#include "dontgoback/storage/migration.hpp"
#include "manifest.hpp"

namespace dontgoback::backup {

/// What this program knows of backups: every module, whether it runs here or not.
struct Knowledge {
  struct OfModule {
    std::string_view name;
    bool has_tables;
    std::vector<Consistency> rules;
    std::function<std::vector<std::string>(const Copy&)> check;  ///< Module::check_copy
  };
  storage::Migrations migrations;  ///< the host's and every module's, in both dialects
  std::vector<OfModule> modules;
};

/// Throws BadArchive when its tables are not this program's or older.
void require_known(const Manifest& manifest, const Knowledge& knowledge);

struct Findings {
  /// It is not what was backed up, or cannot be used.
  std::vector<std::string> damage;
  /// It is what was backed up, but something was wrong already then.
  std::vector<std::string> contradictions;
};

/// Looks through an unpacked backup in `folder` and brings its database to this program's schema. `require_known` has
/// been called.
Findings examine(const std::filesystem::path& folder, const Manifest& manifest, const Knowledge& knowledge,
                 const Report& report);

/// The kept file in which a node without a database remembers its keys.
inline constexpr std::string_view kKnownKeysFile = "known-keys";

/// What the keys do not open, and keys that the node has had and that are not there. The database, if any, has this
/// program's schema.
std::vector<std::string> check_keys(const std::filesystem::path& folder, const Manifest& manifest,
                                    const Knowledge& knowledge);

}  // namespace dontgoback::backup
