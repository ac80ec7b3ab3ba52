#pragma once

#include <string>
#include <string_view>

namespace dontgoback::text {

/// Well-formed UTF-8 in Normalization Form C (Unicode Standard Annex #15): the same letters written in as few code
/// points as there are, so that what is counted, compared and searched does not depend on the keyboard or the file
/// system it came from. The time grows with the square of the longest run of combining marks: bound the length first.
std::string nfc(std::string_view utf8);

}  // namespace dontgoback::text
