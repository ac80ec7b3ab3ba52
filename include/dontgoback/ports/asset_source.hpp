#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "dontgoback/id.hpp"
#include "dontgoback/money.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::ports {

struct AssetQuery {
  UserId user;
  Won asset;
};

struct AssetChange {
  UserId user;
  Won original;
  Multiplier multiplier;
  Won updated;
};

/// Decides each day's change of fortune. Offered by the extension module: computed in process, or asked of an extension
/// node. A pure function of user, asset and day, so asking again is safe. Blocks; never on an I/O thread, never inside a
/// database transaction. Any thread.
class AssetSource {
 public:
  static constexpr std::size_t kMaxBatch = 1000;
  virtual ~AssetSource() = default;

  /// One answer per query, in order; each may fail by itself (invalid, unavailable). At most kMaxBatch queries.
  virtual std::vector<Result<AssetChange>> changes(time::Day day, std::span<const AssetQuery> queries) = 0;
};

}  // namespace dontgoback::ports
