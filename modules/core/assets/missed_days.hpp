#pragma once

#include <optional>
#include <span>
#include <vector>

#include "dontgoback/time/day.hpp"

// Which days of the daily refresh were missed. Pure.
namespace dontgoback::core::assets {

/// More days than this are never made up.
inline constexpr std::chrono::days kMostMadeUp{400};
/// More than this wait for a confirmed clock: one that is ahead would make up days that have not been.
inline constexpr std::size_t kMadeUpUnconfirmed = 2;

/// A day of which rows were written.
struct RefreshedDay {
  time::Day day;
  bool finished = false;  ///< every account had its row
  bool over_gap = false;  ///< some were computed while earlier days were missing
};

struct MissedDays {
  std::vector<time::Day> days;     ///< without rows, or without everybody's; ascending
  std::optional<time::Day> first;  ///< from it on rows are made or written again; nothing: none need be
  time::Day through;               ///< until this day the series is whole once that is done
};

/// `known`: ascending; the days before `baseline` and it itself are none of our business. Looks back kMostMadeUp.
MissedDays missed_days(std::span<const RefreshedDay> known, time::Day baseline, time::Day today);

}  // namespace dontgoback::core::assets
