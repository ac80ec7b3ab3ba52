#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "config/toml_file.hpp"

namespace dontgoback::app {

/// A key that the configuration file is to have.
struct Wanted {
  std::string key;
  config::FileValue value;
};

/// What must become of a configuration file, so that it says what is wanted.
struct FileChange {
  std::vector<std::string> added;      ///< lines for keys that it does not have
  std::vector<std::string> differing;  ///< `FILE:LINE: listen = "a" would become listen = "b"`
  std::string text;                    ///< of the file with all of it; what else it says stays, comments too

  bool changes_nothing() const { return added.empty() && differing.empty(); }
};

/// `text` is the file's, `name` what it is called; empty for none. Pure. Throws std::runtime_error where the text would
/// not say what is wanted.
FileChange change_of(const std::string& text, const std::string& name, const std::vector<Wanted>& wanted);

/// The whole file; empty when there is none. Throws std::runtime_error naming it.
std::string read_config_file(const std::filesystem::path& file);
/// Puts the text there: whoever reads the file finds the one before or this one, whole, whatever happens. A link stays
/// one. Mode and owner are those of `like`; where that is not there, everybody may read it, for it holds no secret.
/// Throws std::runtime_error naming it.
void write_config_file(const std::filesystem::path& file, const std::string& text, const std::filesystem::path& like);

}  // namespace dontgoback::app
