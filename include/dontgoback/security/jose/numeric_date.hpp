#pragma once

#include <chrono>
#include <cstdint>

#include "dontgoback/json/reader.hpp"

namespace dontgoback::security {

/// A NumericDate (RFC 7519 section 2) up to the year 9999: no arithmetic on it overflows. Fractions are allowed there
/// (`time.time() + 60` in Python writes them), and dropped: what ends, ends up to a second early, and nothing that was
/// dated in one order comes out in the other.
struct NumericDate {
  std::chrono::sys_seconds moment;
};

inline bool read(const boost::json::value& from, NumericDate& to) {
  constexpr std::int64_t kLastSecond = 253'402'300'799;  // 9999-12-31T23:59:59Z
  double number = 0;  // exact to well below a second in this range; it is finite, or the text would not have been read
  if (!json::detail::read(from, number) || number < 0 || number >= kLastSecond + 1) return false;
  to.moment = std::chrono::sys_seconds(std::chrono::seconds(static_cast<std::int64_t>(number)));
  return true;
}

}  // namespace dontgoback::security
