#pragma once

#include <string>
#include <string_view>

#include "dontgoback/http/language.hpp"

namespace dontgoback::config {

/// What the network that the operator runs calls itself (`--network-name`).
struct NetworkName {
  std::string ko = "돈고백";
  std::string en = "dontgoback";
  bool own = false;  ///< whether the operator has named it

  std::string_view in(http::Language language) const { return language == http::Language::en ? en : ko; }
};

}  // namespace dontgoback::config
