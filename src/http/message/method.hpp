#pragma once

#include <string_view>

#include "dontgoback/http/request.hpp"

namespace dontgoback::http {

/// As on the wire; `other` has no name of its own and is called that.
std::string_view name_of(Method method);

}  // namespace dontgoback::http
