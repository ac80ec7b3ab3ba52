#include "confidence_limits.hpp"

namespace dontgoback::walk::steps {

void declare(config::Options& options, Limits& limits) {
  options.integer("--walk-most-steps-an-hour", limits.most_an_hour, 1'000, 100'000,
                  "More steps in an hour lower the day's confidence");
  options.integer("--walk-most-steps-a-day", limits.most_a_day, 1'000, 1'000'000,
                  "More steps on a day lower its confidence");
  options.integer("--walk-confidence-typed", limits.typed, 0, 100, "Confidence in steps that somebody typed");
  options.integer("--walk-confidence-imported", limits.imported, 0, 100, "Confidence in imported steps");
  options.integer("--walk-confidence-unnamed", limits.unnamed, 0, 100,
                  "Confidence in steps of no known source, such as the first release's");
  options.integer("--walk-confidence-apart", limits.apart, 0, 100,
                  "Confidence in a day whose devices count at different times, as if two people wore them");
}

}  // namespace dontgoback::walk::steps
