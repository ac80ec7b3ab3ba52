#pragma once

#include <filesystem>

#include "dontgoback/security/files/known_keys.hpp"
#include "dontgoback/storage/database.hpp"

namespace dontgoback::app {

/// In the table `known_keys`.
class DatabaseKnownKeys final : public security::KnownKeys {
 public:
  explicit DatabaseKnownKeys(storage::Database& database) : database_(database) {}
  std::optional<std::string> find(std::string_view name) override;
  void remember(std::string_view name, std::string_view fingerprint) override;

 private:
  storage::Database& database_;
};

/// In `known-keys` in the data directory: a line `NAME FINGERPRINT` each.
class FileKnownKeys final : public security::KnownKeys {
 public:
  explicit FileKnownKeys(std::filesystem::path data_dir) : data_dir_(std::move(data_dir)) {}
  std::optional<std::string> find(std::string_view name) override;
  void remember(std::string_view name, std::string_view fingerprint) override;

 private:
  const std::filesystem::path data_dir_;
};

}  // namespace dontgoback::app
