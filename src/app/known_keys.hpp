#pragma once

#include <filesystem>

#include "dontgoback/security/files/known_keys.hpp"
#include "dontgoback/storage/database.hpp"

namespace dontgoback::app {

/// In `known-keys` in the data directory: a line `NAME FINGERPRINT` each.
class FileKnownKeys final : public security::KnownKeys {
 public:
  explicit FileKnownKeys(std::filesystem::path data_dir) : data_dir_(std::move(data_dir)) {}
  std::optional<std::string> find(std::string_view name) override;
  void remember(std::string_view name, std::string_view fingerprint) override;

 private:
  const std::filesystem::path data_dir_;
};

/// In the table `known_keys`. What it does not have is looked for in the file, which a node has from before it had a
/// database.
class DatabaseKnownKeys final : public security::KnownKeys {
 public:
  DatabaseKnownKeys(storage::Database& database, std::filesystem::path data_dir)
      : database_(database), earlier_(std::move(data_dir)) {}
  std::optional<std::string> find(std::string_view name) override;
  void remember(std::string_view name, std::string_view fingerprint) override;

 private:
  storage::Database& database_;
  FileKnownKeys earlier_;
};

}  // namespace dontgoback::app
