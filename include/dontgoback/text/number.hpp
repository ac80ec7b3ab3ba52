#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace dontgoback::text {

/// The whole text as a decimal number; nothing for anything else, and for what a T cannot hold. No blanks, no `+`; a
/// `-` for signed types only.
template <class T>
std::optional<T> number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace dontgoback::text
