#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/time/clock.hpp"

namespace dontgoback::security {

/// `"iat is 95 s ahead of this server's clock (60 s are borne)"`, or behind it. `claim` is a literal.
std::string skew_text(std::string_view claim, std::chrono::seconds ahead, std::chrono::seconds leeway);

/// The same of a moment; nothing when it is within the leeway, in whole seconds.
std::optional<std::string> skew(std::string_view claim, std::chrono::sys_seconds moment, time::Timestamp now,
                                std::chrono::seconds leeway);

}  // namespace dontgoback::security
