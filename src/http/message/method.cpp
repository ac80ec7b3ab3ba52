#include "dontgoback/http/method.hpp"

#include <array>

namespace dontgoback::http {

std::string_view name_of(Method method) {
  constexpr std::array<std::string_view, 8> kNames{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other"};
  return kNames.at(static_cast<std::size_t>(method));
}

}  // namespace dontgoback::http
