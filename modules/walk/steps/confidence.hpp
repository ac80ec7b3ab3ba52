#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "day_rule.hpp"
#include "dontgoback/result.hpp"

// How far a day is what somebody walked. Nothing is dropped for it. Pure.
namespace dontgoback::walk::steps {

/// Why a day's confidence is not whole.
enum class Doubt { hour_too_full, day_too_full, typed, imported, unnamed, devices_apart };

struct Doubted {
  Doubt doubt;
  std::int32_t confidence;  ///< by this alone
};

struct Confidence {
  std::int32_t percent = 100;  ///< the least of the doubts'
  std::vector<Doubted> doubts;
};

/// `told`: of the label day.
Confidence confidence_of(const DaySum& sum, const Told& told, const Limits& limits);

/// `HOUR_TOO_FULL`, as the API names it.
std::string_view to_string(Doubt doubt);
Message words_of(Doubt doubt);

}  // namespace dontgoback::walk::steps
