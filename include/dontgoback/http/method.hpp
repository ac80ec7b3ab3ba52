#pragma once

#include <string_view>

#include "dontgoback/http/request.hpp"

namespace dontgoback::http {

/// As on the wire; `other`, which no route has, is called that.
std::string_view name_of(Method method);

}  // namespace dontgoback::http
