#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "dontgoback/config/options.hpp"

// What an option's value means: where it goes, and what may be given.
namespace dontgoback::config {

/// A value as the configuration file has it; std::monostate for a type that no option takes.
using FileValue = std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<std::string>>;

struct Integer {
  std::int64_t* target;
  std::int64_t min;
  std::int64_t max;
};
struct Number {
  double* target;
  double min;
  double max;
};
using Target =
    std::variant<std::string*, std::vector<std::string>*, Integer, Number, bool*, std::optional<time::Day>*, Choice>;

/// The value now, as text.
std::string value_of(const Target& target);
/// Whether there is one that may be given: not an empty text, not a whole number out of its range.
bool has_value(const Target& target);
/// For the help: `from 1 to 8`, or nothing where everything goes or the placeholder says it.
std::string limits_of(const Target& target);

/// Takes the value, which is given (not empty), or says what is allowed. The target stays as it is then.
[[nodiscard]] std::optional<std::string> set(const Target& target, const std::vector<std::string>& texts);
[[nodiscard]] std::optional<std::string> set(const Target& target, const FileValue& value);

/// The texts with a separator between them.
std::string joined(const std::vector<std::string>& texts, std::string_view separator);
/// Those that are not empty: an empty value is no value, wherever it is given.
std::vector<std::string> without_empty(std::vector<std::string> texts);
/// Whether the file gives a value: not for `""`, nor for a list of nothing but those.
bool is_given(const FileValue& value);
/// The parts of a list in a variable: between commas, blanks around them left out, and empty ones.
std::vector<std::string> split_list(std::string_view list);

}  // namespace dontgoback::config
