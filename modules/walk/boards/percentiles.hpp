#pragma once

#include <functional>

#include "boards.hpp"

// Where a walker stands among all who want to be compared: strangers, of whom nothing is told but that.
namespace dontgoback::walk::boards {

inline constexpr std::int64_t kFewest = 50;  ///< who are compared; of fewer nothing is told

struct Percentile {
  bool opted_in = false;
  std::optional<std::int64_t> percent;  ///< of the others walked less today, whole
};
Percentile percentile_of(storage::Connection& connection, WalkerId walker);
/// In the caller's transaction. Twice is once; who comes is counted with the next renewal.
void set_opted_in(storage::Connection& connection, WalkerId walker, bool opts_in);

/// Counts all anew. A day's total never falls here before the day is over, so that nobody learns from the percentile
/// by correcting its own steps what others walked; doubtful steps are not counted. `goes_on` is asked between slices.
/// How many are compared.
std::int64_t renew_percentiles(storage::Database& database, const Looking& looking,
                               const std::function<bool()>& goes_on);

}  // namespace dontgoback::walk::boards
