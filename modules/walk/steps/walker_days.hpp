#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "confidence.hpp"
#include "day_store.hpp"
#include "telling.hpp"

namespace dontgoback::walk::steps {

/// The days of one walker in one transaction: what was told of them is read once, any number of calls change it in
/// memory, and what comes of it is written once. Most updates are of a day around which the clock did not change: they
/// read one row and write it. Others look at the days around.
class WalkerDays {
 public:
  /// `days`: which label days will be told of, in any order; not empty.
  WalkerDays(storage::Connection& connection, WalkerId walker, std::span<const time::Day> days);

  /// Why this walker's steps are not kept: kNoWalker, kNoConsent. Then nothing else is to be called.
  const std::optional<Failure>& refused() const { return refused_; }

  /// All of them, or none and why.
  std::optional<Failure> tell(std::span<const Update> updates, time::Timestamp arrival);
  /// Whether the device had told something.
  bool take_back(time::Day day, std::string_view device);
  /// Takes up what was told of another's day, as far as a day holds it.
  void take_over(const Row& row);

  /// Makes the days anew and writes those that changed. `changes` gets those that have another total.
  void settle(const Limits& limits, time::Timestamp now, std::vector<Listener::Change>& changes);
  /// What stands, once that is settled.
  Recorded recorded(const Update& update);
  Recorded recorded(time::Day day);

 private:
  struct Entry {
    Row row;
    bool touched = false;  // something else is told of it
    static time::Day day_of(const Entry& entry) { return entry.row.day; }
  };
  struct Making {
    const Limits& limits;
    time::Timestamp now;
    std::vector<Listener::Change>& changes;
  };

  void read_around();
  Entry* find(time::Day day);
  Entry& entry(time::Day day);
  bool stands_alone(const Update& update);
  void make_all(const Making& making);
  void put(Entry& entry, const DaySum& sum, bool plain, const Making& making);
  void follow_the_clock(time::Timestamp now);

  storage::Connection& connection_;
  const WalkerId walker_;
  std::optional<Failure> refused_;
  std::int64_t offset_minutes_ = 0;
  bool is_around_read_ = false;
  const time::Day first_, last_;
  std::vector<Entry> entries_;  // by day
};

}  // namespace dontgoback::walk::steps
