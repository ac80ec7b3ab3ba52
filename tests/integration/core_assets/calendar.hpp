#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/assets/daily.hpp"
#include "support/core/asset_world.hpp"

// Days as a wrong clock brings them.
namespace dontgoback::test {

using core::assets::AssetRefresh;
using core::assets::DailyRefresh;

enum class Clock { unconfirmed, confirmed };

/// The daily job on days counted from the first one, by a program that is started anew for each run: what it knows is
/// in the database.
class Calendar {
 public:
  explicit Calendar(storage::Dialect dialect) : world(dialect), start_(world.clock.now()), zero(world.today()) {}

  void set(int day, Clock trust, std::chrono::hours later = {}) {
    world.clock.advance(start_ + std::chrono::days(day) + later - world.clock.now());
    world.trust.confirm(trust == Clock::confirmed);
  }

  DailyRefresh daily() {
    const auto refresh =
        std::make_shared<const AssetRefresh>(world.database, world.source, world.clock, world.zone, world.metrics);
    return {world.database, world.source, world.clock, world.trust, world.zone, refresh};
  }
  std::string run() { return daily().run(kGoOn); }
  std::string make_up() {
    auto work = daily();
    return work.is_behind() ? work.make_up(kGoOn) : "nothing to do";
  }

  /// The account's days, counted from the first one. Each row but the first must be what the source makes of the one
  /// before it; what a clock that was ahead wrote of days to come went over a gap, and waits.
  std::vector<int> days_of(UserId user) {
    std::vector<int> found;
    std::optional<Won> before;
    for (const auto& [day, amount] : world.history(user)) {
      found.push_back(static_cast<int>((day.date - zero.date).count()));
      CAPTURE(user.value, found.back());
      if (before && day <= world.today()) CHECK(amount == world.source->updated(user, day, *before));
      before = amount;
    }
    return found;
  }
  /// The amount that the whole series has on a day.
  Won amount_on(UserId user, int day) {
    Won amount = core::accounts::kFirstAmount;
    for (int d = 1; d <= day; ++d) amount = world.source->updated(user, zero + std::chrono::days(d), amount);
    return amount;
  }

  /// What accounts say is current is their last row, always.
  void check_current() {
    CHECK(world.number("SELECT COUNT(*) FROM accounts a WHERE NOT EXISTS (SELECT 1 FROM asset_snapshots s WHERE "
                       "s.user_id = a.id AND s.day = a.amount_day AND s.amount = a.amount AND s.multiplier = "
                       "a.multiplier) OR EXISTS (SELECT 1 FROM asset_snapshots s WHERE s.user_id = a.id AND s.day > "
                       "a.amount_day)") == 0);
  }

  static inline const jobs::Run kGoOn{.stop = {}, .keep_alive = [] { return true; }};
  AssetWorld world;

 private:
  const time::Timestamp start_;

 public:
  const time::Day zero;
};

struct Span {
  int from;
  int to;
};

inline std::vector<int> all(std::initializer_list<Span> spans) {
  std::vector<int> days;
  for (const auto& span : spans) {
    for (int day = span.from; day <= span.to; ++day) days.push_back(day);
  }
  return days;
}

inline constexpr auto kNo = Clock::unconfirmed;
inline constexpr auto kYes = Clock::confirmed;

}  // namespace dontgoback::test
