#pragma once

#include <string_view>

namespace dontgoback::http {

/// An element of a list of what a client would like (`Accept-Encoding`, `Accept-Language`).
struct Preference {
  std::string_view value;  ///< without blanks around it
  int weight;              ///< in thousandths; 1000 where none is given, 0 (not wanted) where it is malformed
};

/// Takes the first element off the list (RFC 9110, sections 5.6.1 and 12.4.2).
Preference take_preference(std::string_view& list);

}  // namespace dontgoback::http
