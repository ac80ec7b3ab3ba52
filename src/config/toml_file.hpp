#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "option_set.hpp"

namespace dontgoback::config {

/// A top-level `key = value` of the configuration file.
struct FileEntry {
  std::string key;
  int line;
  FileValue value;
};

struct TomlFile {
  std::vector<FileEntry> entries;  ///< in the file's order
  std::string problem;             ///< why it cannot be read, with the place; empty when it can
};

TomlFile read_toml(const std::filesystem::path& file);

}  // namespace dontgoback::config
