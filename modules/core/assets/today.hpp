#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "accounts/accounts.hpp"
#include "dontgoback/id.hpp"
#include "dontgoback/money.hpp"

// What is told of everybody's day: who moved most, and how fortunes are spread (docs/decisions/today.md). Pure; a
// million accounts take no more memory than a thousand.
namespace dontgoback::core::assets {

/// How an account's day went. `hundredths` of a percent.
struct Move {
  UserId user;
  Won amount;
  Multiplier multiplier;
  std::int64_t hundredths;
  friend bool operator==(const Move&, const Move&) = default;
};

enum class Side { rises = 0, falls = 1 };  ///< the number is the column's

/// Those who moved most to one side. Of two who moved alike the richer comes first, then the older account.
class Movers {
 public:
  /// More than are shown: some may not be by then.
  static constexpr std::size_t kKept = 30;

  explicit Movers(Side side) : moves_(Order{side}), side_(side) {}
  /// Left out when it moved to the other side, or not by a hundredth.
  void add(const Move& move);
  std::vector<Move> in_order() const { return {moves_.begin(), moves_.end()}; }

 private:
  struct Order {
    Side side;
    bool operator()(const Move& a, const Move& b) const;
  };
  std::set<Move, Order> moves_;
  Side side_;
};

/// Who has so much or more is among the first `per_cent` of 100, one of them at least.
struct Step {
  Won at_least;
  int per_cent;
  friend bool operator==(const Step&, const Step&) = default;
};
/// How many have so much, but less than the next cell; the first one's have less than it says, too.
struct Cell {
  Won at_least;
  std::int64_t accounts;
  friend bool operator==(const Cell&, const Cell&) = default;
};

/// How fortunes are spread.
class Spread {
 public:
  void add(Won amount);
  std::int64_t accounts() const { return accounts_; }
  /// Ascending, one for each percentage; to 1 in 2 048 of an amount.
  std::vector<Step> steps() const;
  /// Ascending. Edges are those of 24 a decade (10, 11, 12, 13, 15 …), and what has fewer than accounts::kHiddenAmong
  /// is joined with its neighbours; an empty one stays where it has such on both sides.
  std::vector<Cell> cells() const;

 private:
  std::map<std::int64_t, std::int64_t> fine_;    // by the lowest amount
  std::map<std::int64_t, std::int64_t> coarse_;  // by the edge
  std::int64_t accounts_ = 0;
};

}  // namespace dontgoback::core::assets
