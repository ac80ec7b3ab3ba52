#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dontgoback/config/options.hpp"

namespace dontgoback::config {

/// A value as the configuration file has it; std::monostate for a type that no option takes.
using FileValue = std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<std::string>>;

/// The declared options, each with where its value lives and where it came from.
class OptionSet final : public Options {
 public:
  struct Integer {
    std::int64_t* target;
    std::int64_t min;
    std::int64_t max;
  };
  struct Choice {
    std::string* target;
    std::vector<std::string> allowed;
  };
  using Target = std::variant<std::string*, std::vector<std::string>*, Integer, double*, bool*, Choice>;

  struct Option {
    std::string name;         ///< `data-dir`: the flag without dashes, or the positional argument
    bool positional = false;  ///< declared without dashes
    bool optional = false;    ///< positional and declared in brackets: may be missing
    std::string placeholder;  ///< `DIR`, for the help
    std::string help;
    std::string group;
    Target target;
    std::string source = "default";  ///< `flag`, `DONTGOBACK_DATA_DIR`, `FILE:LINE`

    /// `DONTGOBACK_DATA_DIR`
    std::string variable() const;
    bool is_list() const { return std::holds_alternative<std::vector<std::string>*>(target); }
    bool is_toggle() const { return std::holds_alternative<bool*>(target); }
    /// Where a problem with it is to be mended: `--data-dir`, `DONTGOBACK_DATA_DIR` or `FILE:LINE: data-dir`.
    std::string place() const;
    /// The value now, as text.
    std::string value() const;
    /// Whether there is one that may be given: not an empty text, not a number out of its range.
    bool has_value() const;
    /// Takes the value, which is given (not empty), or says what is allowed. The target stays as it is then.
    [[nodiscard]] std::optional<std::string> set(const std::vector<std::string>& texts);
    [[nodiscard]] std::optional<std::string> set(const FileValue& value);
  };

  /// What is declared from here on stands under this heading of the help.
  void begin_group(std::string_view heading) { group_ = heading; }

  void text(std::string_view flag, std::string& target, std::string_view help) override;
  void list(std::string_view flag, std::vector<std::string>& target, std::string_view help) override;
  void integer(std::string_view flag, std::int64_t& target, std::int64_t min, std::int64_t max,
               std::string_view help) override;
  void number(std::string_view flag, double& target, std::string_view help) override;
  void toggle(std::string_view flag, bool& target, std::string_view help) override;
  void choice(std::string_view flag, std::string& target, std::vector<std::string> allowed, std::string_view help);
  /// Text with a word of its own in the help: `--data-dir DIR`.
  void text(std::string_view flag, std::string_view placeholder, std::string& target, std::string_view help);
  void list(std::string_view flag, std::string_view placeholder, std::vector<std::string>& target,
            std::string_view help);

  std::deque<Option>& options() { return options_; }
  const std::deque<Option>& options() const { return options_; }
  Option* find(std::string_view name);

 private:
  void add(std::string_view flag, std::string_view placeholder, std::string_view help, Target target);

  std::string group_;
  std::deque<Option> options_;
};

/// Those that are not empty: an empty value is no value, wherever it is given.
std::vector<std::string> without_empty(std::vector<std::string> texts);
/// Whether the file gives a value: not for `""`, nor for a list of nothing but those.
bool is_given(const FileValue& value);

/// The parts of a list in a variable: between commas, blanks around them left out, and empty ones.
std::vector<std::string> split_list(std::string_view list);

}  // namespace dontgoback::config
