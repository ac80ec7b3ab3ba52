#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>

#include "dontgoback/id.hpp"
#include "dontgoback/money.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::core::assets {

struct SnapshotRow {
  UserId user;
  time::Day day;
  Won amount;
  Multiplier multiplier;
};

/// Writes many snapshots with few statements: one text for each of a few numbers of rows, so that every text is kept
/// prepared. Rows of accounts that are not ACTIVE (any more) are left out. Any thread.
class SnapshotWriter {
 public:
  enum class Existing { keep, overwrite };

  SnapshotWriter(storage::Dialect dialect, Existing existing);

  /// In the caller's transaction.
  void write(storage::Connection& connection, std::span<const SnapshotRow> rows, time::Timestamp now) const;

 private:
  static constexpr std::array<std::size_t, 3> kRows{50, 10, 1};
  std::array<std::string, kRows.size()> texts_;
};

}  // namespace dontgoback::core::assets
