#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "option_value.hpp"

namespace dontgoback::config {

/// The declared options, each with where its value lives and where it came from.
class OptionSet final : public Options {
 public:
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
    std::string value() const { return value_of(target); }
    bool has_value() const { return config::has_value(target); }
    [[nodiscard]] std::optional<std::string> set(const std::vector<std::string>& texts) {
      return config::set(target, texts);
    }
    [[nodiscard]] std::optional<std::string> set(const FileValue& value) { return config::set(target, value); }
  };

  /// What is declared from here on stands under this heading of the help.
  void begin_group(std::string_view heading) { group_ = heading; }

  using Options::choice;
  using Options::text;
  void text(std::string_view flag, std::string_view placeholder, std::string& target, std::string_view help) override;
  void list(std::string_view flag, std::vector<std::string>& target, std::string_view help) override;
  void integer(std::string_view flag, std::int64_t& target, std::int64_t min, std::int64_t max,
               std::string_view help) override;
  void number(std::string_view flag, double& target, double min, double max, std::string_view help) override;
  void toggle(std::string_view flag, bool& target, std::string_view help) override;
  void day(std::string_view flag, std::optional<time::Day>& target, std::string_view help) override;
  void choice(std::string_view flag, Choice choice, std::string_view help) override;
  /// With a word of its own in the help: `--modules NAME`.
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

}  // namespace dontgoback::config
