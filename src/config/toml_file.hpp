#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "option_set.hpp"

namespace dontgoback::config {

/// A top-level `key = value` of the configuration file.
struct FileEntry {
  std::string key;
  int line;
  FileValue value;
  int last_line = line;  ///< of the value
  int end_column = 0;    ///< in that line, of what follows the value: characters, from 1
};

struct TomlFile {
  std::vector<FileEntry> entries;  ///< in the file's order
  std::string problem;             ///< why it cannot be read, with the place; empty when it can
};

TomlFile read_toml(const std::filesystem::path& file);
/// The same of a text; `name` is what problems call it.
TomlFile parse_toml(std::string_view text, const std::string& name);

/// `key = value` as a line of a file that read_toml takes, without its end.
std::string toml_line(std::string_view key, const FileValue& value);
/// What a file would say to give the target the value that it has now.
FileValue file_value_of(const Target& target);

}  // namespace dontgoback::config
