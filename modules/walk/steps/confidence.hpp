#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "day_rule.hpp"
#include "dontgoback/result.hpp"

// How far a day is what somebody walked. Nothing is dropped for it. Pure.
namespace dontgoback::walk::steps {

/// Configuration: `--walk-most-steps-an-hour` and so on.
struct Limits {
  std::int64_t most_an_hour = 14'400;  ///< 240 a minute, for an hour
  std::int64_t most_a_day = 80'000;
  std::int64_t manual = 30;  ///< the confidence in what is typed,
  std::int64_t imported = 70;
  std::int64_t unnamed = 70;  ///< in what comes without a source or from the first release's clients,
  std::int64_t apart = 60;    ///< and in a day whose devices count at different times, as if two people wore them
};

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
