#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/http/route_class.hpp"
#include "dontgoback/limits/limiter.hpp"

namespace dontgoback::limits {

/// What requests of one class may take, and whose share it is. A burst of 0: no limit.
struct Policy {
  Rate guest;    ///< of an account that is a guest's
  Rate member;   ///< of any other account
  Rate address;  ///< of an address (IPv6: a /64)
  Rate site;     ///< of a /48, for IPv6
  Rate total;    ///< of the node
};

/// By class; none of http::RouteClass::unlimited.
using Policies = std::array<Policy, http::kRouteClasses>;

/// Nothing is limited.
Policies no_limits();
/// What an ordinary evening needs many times over, and a stranger soon uses up (docs/limits.md).
Policies default_limits();

/// Changes a class' policy as its option says, an entry for each share: `address=600/10m` allows 600 at once and all of
/// them again after 10 minutes (`s`, `m`, `h`; at most a day); `address=0` limits an address in nothing, `0` alone no
/// share. A /48 and the total, where nothing is said of them, never allow less than an address. What is wrong with the
/// entries, or nothing.
std::optional<std::string> change(Policy& policy, const std::vector<std::string>& entries);
/// `guest=300/1h member=500/1h …`, for the help.
std::string describe(const Policy& policy);

}  // namespace dontgoback::limits
