#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <string>
#include <vector>

#include "config/command_line.hpp"

namespace dontgoback::config {

/// A configuration file that goes with the test.
class TomlText {
 public:
  explicit TomlText(const std::string& text)
      : path_(std::filesystem::temp_directory_path() / ("dontgoback-" + std::to_string(::getpid()) + ".toml")) {
    std::ofstream(path_) << text;
  }
  ~TomlText() { std::filesystem::remove(path_); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

/// Parses `arguments` after the program's name.
inline Invocation parse(CommandLine& line, std::vector<const char*> arguments, const Environment& environment,
                        Problems& problems, Problems& warnings, const std::string& default_directory = "/nonexistent") {
  arguments.insert(arguments.begin(), "dontgoback");
  return line.parse(static_cast<int>(arguments.size()), arguments.data(), environment, default_directory, problems,
                    warnings);
}

}  // namespace dontgoback::config
