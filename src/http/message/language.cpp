#include "dontgoback/http/language.hpp"

#include <algorithm>

#include "dontgoback/http/preference.hpp"
#include "dontgoback/text/ascii.hpp"

namespace dontgoback::http {

Language language_of(std::string_view accept_language) {
  int korean = 0;
  int english = 0;
  while (!accept_language.empty()) {
    const auto [range, weight] = take_preference(accept_language);
    const auto primary = range.substr(0, range.find('-'));
    if (text::same_ignoring_case(primary, "ko") || primary == "*") korean = std::max(korean, weight);
    if (text::same_ignoring_case(primary, "en")) english = std::max(english, weight);
  }
  // Equal preference goes to whichever cannot surprise the first release's clients: Korean.
  return english > korean ? Language::en : Language::ko;
}

}  // namespace dontgoback::http
