#pragma once

#include <optional>
#include <vector>

#include "store.hpp"

// SQL of percentiles.
namespace dontgoback::walk::boards {

struct Compared {
  WalkerId walker;
  time::Day day;
  std::int64_t total = 0;
  std::optional<std::int64_t> percent;
};
std::optional<Compared> find_compared(storage::Connection& connection, WalkerId walker);
void add_compared(storage::Connection& connection, WalkerId walker);
void drop_compared(storage::Connection& connection, WalkerId walker);
void set_total(storage::Connection& connection, WalkerId walker, time::Day day, std::int64_t total);
void set_percent(storage::Connection& connection, WalkerId walker, std::optional<std::int64_t> percent);

/// Beside what was counted, what its own day says now: nothing where it says nothing, or is doubtful.
struct Counting {
  Compared counted;
  time::Day today;
  std::int64_t steps = 0;
};
/// Those who take part, after that one, in order of id.
std::vector<Counting> counting_after(storage::Connection& connection, WalkerId last, const Looking& looking, int limit);

}  // namespace dontgoback::walk::boards
