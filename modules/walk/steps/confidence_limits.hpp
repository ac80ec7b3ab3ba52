#pragma once

#include <cstdint>

#include "dontgoback/config/options.hpp"

namespace dontgoback::walk::steps {

/// What a day is held to before it is believed (docs/steps.md, "Confidence"). Configuration.
struct Limits {
  std::int64_t most_an_hour = 14'400;  ///< 240 a minute, for an hour
  std::int64_t most_a_day = 80'000;
  std::int64_t typed = 30;  ///< the confidence in what is typed,
  std::int64_t imported = 70;
  std::int64_t unnamed = 70;  ///< in what comes without a source or from the first release's clients,
  std::int64_t apart = 60;    ///< and in a day whose devices count at different times, as if two people wore them
};

void declare(config::Options& options, Limits& limits);

}  // namespace dontgoback::walk::steps
