#pragma once

#include <string>
#include <string_view>

namespace dontgoback::text {

/// Well-formed UTF-8 in Normalization Form C (Unicode Standard Annex #15): the same letters written in as few code
/// points as there are, so that what is counted, compared and searched does not depend on the keyboard or the file
/// system it came from. The time grows with the square of the longest run of combining marks: bound the length first.
std::string nfc(std::string_view utf8);

/// The same without the difference of upper and lower case (Unicode Standard, section 3.13, full case folding): what
/// two names have in common that people take for one. At most three times as many code points. Bound the length first.
std::string folded(std::string_view utf8);

}  // namespace dontgoback::text
