#pragma once

#include <string_view>

namespace dontgoback::text {

/// Without the blanks and tabs at its ends (`OWS`, RFC 9110 section 5.6.3).
constexpr std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t";
  const auto first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

/// Takes what stands before the first separator, or all where there is none, off the text. A list is read by
/// `while (!rest.empty()) … take(rest, ',') …`.
constexpr std::string_view take(std::string_view& text, char separator) {
  const auto end = text.find(separator);
  const auto first = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return first;
}

}  // namespace dontgoback::text
