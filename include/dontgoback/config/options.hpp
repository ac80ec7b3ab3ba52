#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dontgoback::config {

/// Declares a module's options, each once: `--daily-sigma` is also the variable `DONTGOBACK_DAILY_SIGMA` and the key
/// `daily-sigma` of the configuration file; flag beats variable beats file. The target holds the default and must
/// outlive the command line. A command's positional argument has no dashes; in brackets (`[file]`) it may be missing.
/// Out of range or unreadable values stop the start, all of them named at once.
class Options {
 public:
  virtual ~Options() = default;
  virtual void text(std::string_view flag, std::string& target, std::string_view help) = 0;
  /// Repeatable; in the variable split at commas, in the file an array.
  virtual void list(std::string_view flag, std::vector<std::string>& target, std::string_view help) = 0;
  virtual void integer(std::string_view flag, std::int64_t& target, std::int64_t min, std::int64_t max,
                       std::string_view help) = 0;
  virtual void number(std::string_view flag, double& target, std::string_view help) = 0;
  virtual void toggle(std::string_view flag, bool& target, std::string_view help) = 0;
};

}  // namespace dontgoback::config
