#pragma once

#include <string>
#include <vector>

#include "dontgoback/json/reader.hpp"

namespace dontgoback::security {

/// An `aud`: one text or a list of them (RFC 7519 section 4.1.3).
struct Audience {
  std::vector<std::string> names;
};

inline bool read(const boost::json::value& from, Audience& to) {
  if (from.is_string()) {
    to.names = {std::string(from.get_string())};
    return true;
  }
  return json::detail::read(from, to.names);
}

}  // namespace dontgoback::security
