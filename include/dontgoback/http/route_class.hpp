#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace dontgoback::http {

/// What a request is counted as, by what it costs: how often one may come is limited per account, per address, per /48
/// and in total, each class by itself (docs/limits.md).
enum class RouteClass {
  unlimited,  ///< costs what a file does, or is another server's
  read,
  write,    ///< of a text
  like,     ///< and what else is one tap
  renew,    ///< of a session, or its end
  sign_in,  ///< by a link or a provider, or as a guest
  export_,  ///< of all that an account has
  search,   ///< of texts: some pages' worth of reading
};

inline constexpr std::size_t kRouteClasses = 8;

/// As in options and metrics: `sign-in`.
constexpr std::string_view name_of(RouteClass route_class) {
  constexpr std::array<std::string_view, kRouteClasses> kNames{"unlimited", "read",    "write",  "like",
                                                               "renew",     "sign-in", "export", "search"};
  return kNames[static_cast<std::size_t>(route_class)];
}

}  // namespace dontgoback::http
