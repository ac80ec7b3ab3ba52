#pragma once

#include <chrono>
#include <cstdint>

#include "dontgoback/json/reader.hpp"

namespace dontgoback::security {

/// A NumericDate (RFC 7519 section 2) in whole seconds, up to the year 9999: no arithmetic on it overflows.
struct NumericDate {
  std::chrono::sys_seconds moment;
};

inline bool read(const boost::json::value& from, NumericDate& to) {
  constexpr std::int64_t kLastSecond = 253'402'300'799;  // 9999-12-31T23:59:59Z
  std::int64_t seconds = 0;
  if (!json::detail::read(from, seconds) || seconds < 0 || seconds > kLastSecond) return false;
  to.moment = std::chrono::sys_seconds(std::chrono::seconds(seconds));
  return true;
}

}  // namespace dontgoback::security
