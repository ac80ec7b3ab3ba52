#include "dontgoback/http/language.hpp"

#include <algorithm>

#include "http/message/fields.hpp"

namespace dontgoback::http {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// `;q=0.8` in thousandths; 1000 when it is not there, 0 when it cannot be read.
int quality_of(std::string_view parameters) {
  const auto q = parameters.find("q=");
  if (q == std::string_view::npos) return 1000;
  const auto digits = parameters.substr(q + 2);
  if (digits.starts_with('1')) return 1000;
  if (!digits.starts_with("0.")) return 0;
  int thousandths = 0;
  int place = 100;
  for (const char c : digits.substr(2, 3)) {
    if (c < '0' || c > '9') break;
    thousandths += (c - '0') * place;
    place /= 10;
  }
  return thousandths;
}

}  // namespace

Language language_of(std::string_view accept_language) {
  int korean = 0;
  int english = 0;
  while (!accept_language.empty()) {
    const auto comma = accept_language.find(',');
    const auto entry = trimmed(accept_language.substr(0, comma));
    accept_language = comma == std::string_view::npos ? std::string_view{} : accept_language.substr(comma + 1);
    const auto range = entry.substr(0, entry.find(';'));
    const int quality = quality_of(entry.substr(range.size()));
    const auto primary = trimmed(range.substr(0, range.find('-')));
    if (same_name(primary, "ko") || primary == "*") korean = std::max(korean, quality);
    if (same_name(primary, "en")) english = std::max(english, quality);
  }
  // Equal preference goes to whichever cannot surprise the first release's clients: Korean.
  return english > korean ? Language::en : Language::ko;
}

}  // namespace dontgoback::http
