#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dontgoback/time/day.hpp"

namespace dontgoback::config {

/// A word out of a few. `chosen` says which one is the target's, `names.size()` when none is.
struct Choice {
  std::vector<std::string> names;
  std::function<std::size_t()> chosen;
  std::function<void(std::size_t)> choose;
};

/// Declares a module's options, each once: `--daily-sigma` is also the variable `DONTGOBACK_DAILY_SIGMA` and the key
/// `daily-sigma` of the configuration file; flag beats variable beats file. The target holds the default and must
/// outlive the command line. A command's positional argument has no dashes; in brackets (`[file]`) it may be missing.
/// What is declared here of a value is checked wherever it is given, and in every role and command: what is unreadable,
/// out of its range or none of the choices stops the start, all of them named at once; and the help says it.
class Options {
 public:
  virtual ~Options() = default;
  /// `placeholder` is the value's word in the help: `--auth-url URL`.
  virtual void text(std::string_view flag, std::string_view placeholder, std::string& target,
                    std::string_view help) = 0;
  void text(std::string_view flag, std::string& target, std::string_view help) { text(flag, "TEXT", target, help); }
  /// Repeatable; in the variable split at commas, in the file an array.
  virtual void list(std::string_view flag, std::vector<std::string>& target, std::string_view help) = 0;
  virtual void integer(std::string_view flag, std::int64_t& target, std::int64_t min, std::int64_t max,
                       std::string_view help) = 0;
  virtual void number(std::string_view flag, double& target, double min, double max, std::string_view help) = 0;
  virtual void toggle(std::string_view flag, bool& target, std::string_view help) = 0;
  /// `YYYY-MM-DD`; nothing when it is not given.
  virtual void day(std::string_view flag, std::optional<time::Day>& target, std::string_view help) = 0;
  virtual void choice(std::string_view flag, Choice choice, std::string_view help) = 0;

  void choice(std::string_view flag, std::string& target, const std::vector<std::string>& allowed,
              std::string_view help) {
    choose(flag, target, allowed, allowed, help);
  }

  /// To any value that can be compared: an enumeration, or an optional of what may be left out.
  template <class T>
  requires(!std::same_as<T, std::string>) void choice(std::string_view flag, T& target,
                                                      const std::vector<std::pair<std::string, T>>& named,
                                                      std::string_view help) {
    std::vector<std::string> names;
    std::vector<T> values;
    for (const auto& [name, value] : named) {
      names.push_back(name);
      values.push_back(value);
    }
    choose(flag, target, std::move(names), values, help);
  }

 private:
  template <class T>
  void choose(std::string_view flag, T& target, std::vector<std::string> names, const std::vector<T>& values,
              std::string_view help) {
    const auto chosen = [&target, values] {
      return static_cast<std::size_t>(std::find(values.begin(), values.end(), target) - values.begin());
    };
    choice(flag, Choice{std::move(names), chosen, [&target, values](std::size_t i) { target = values[i]; }}, help);
  }
};

}  // namespace dontgoback::config
