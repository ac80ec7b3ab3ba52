#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "dontgoback/storage/database.hpp"

namespace dontgoback::walk::walkers {

/// What every node that runs walk must have in common: one key of 32 bytes, of which each use has one of its own.
class Keys {
 public:
  explicit Keys(std::string key) : key_(std::move(key)) {}
  /// 32 bytes. `use` is a literal.
  std::string of(std::string_view use) const;

 private:
  std::string key_;
};

/// The key in the database, made first when it is not there: nodes that start at once end with the same one. It is
/// sealed with the file's key, so that a copy of the database alone signs nobody in, and tells nobody who is whom.
/// Throws std::invalid_argument, naming the file and the ways out, when it is missing or is not the one that it was
/// sealed with.
Keys load_keys(storage::Database& database, const std::filesystem::path& key_file);

}  // namespace dontgoback::walk::walkers
