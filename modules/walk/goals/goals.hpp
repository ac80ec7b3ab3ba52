#pragma once

#include <cstdint>
#include <optional>

#include "dontgoback/module.hpp"
#include "steps/steps.hpp"
#include "streak.hpp"
#include "walkers/walkers.hpp"

// What a walker means to walk a day, and how many days in a row it did (docs/goals.md).
namespace dontgoback::walk::goals {

inline constexpr std::int64_t kMostSteps = steps::kMostSteps;
/// Streaks are looked for in so many days.
inline constexpr std::int64_t kDaysLooked = 3660;

struct Choice {
  std::optional<std::int64_t> steps;  ///< a day, 0 to kMostSteps; 0: no goal. Nothing: as it was
  std::optional<bool> shared;         ///< whether friends see it
  std::optional<bool> grace;          ///< whether one missed day a week is forgiven
};
/// In the caller's transaction, the walker locked. What is less than what held today before
/// anything was chosen today holds from tomorrow on.
void choose(storage::Connection& connection, const walkers::Walker& walker, const Choice& choice, time::Timestamp now);

/// A walker is told once a day that the goal of the day was reached.
const steps::Listener& of_steps();

/// Adds /api/v1/goals. `sessions` tells which walker asks. All are to live as long as the router.
void add_routes(Host& host, const http::Authenticator& sessions);

/// All goals that a walker ever had, by the day from which they held.
const walkers::Exporter& exporter();

/// Goals go with their walker, or become another's that has none.
const walkers::Subscriber& subscriber();

}  // namespace dontgoback::walk::goals
