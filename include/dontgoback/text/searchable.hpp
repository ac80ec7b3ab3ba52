#pragma once

#include <string>
#include <string_view>

namespace dontgoback::text {

/// The words of well-formed UTF-8 as they are searched: in Normalization Form C, case folded (Unicode Standard, section
/// 3.13, full folding: `Straße` is `strasse`), a blank between two words and none at the ends. What separates words is
/// punctuation, separators, control and format characters and variation selectors; letters, marks, numbers and symbols
/// (emoji among them) are parts of words. Text and query made so, a word is found by its bytes. Bound the length first,
/// as for `nfc`.
std::string searchable(std::string_view utf8);

}  // namespace dontgoback::text
