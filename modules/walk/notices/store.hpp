#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "notices.hpp"

// Rows of `walker_notices`. Everything runs in the caller's transaction.
namespace dontgoback::walk::notices {

/// Counts from 1 for each walker, so it tells nothing of others; what is told later has a higher one.
using Number = std::int64_t;

/// One line of the list. Views are valid while the row is being read.
struct Notice {
  Number number;
  Kind kind;
  std::optional<walkers::Uuid> other;
  std::string_view nickname;  ///< of the other; "": it has none
  std::int64_t amount;
  std::int64_t times;
  bool read;
  time::Timestamp created_at;
};
/// The newest first, those below `before`. A walker that takes part no more is not shown, nor what it did.
void each_notice(storage::Connection& connection, WalkerId walker, Number before, int size,
                 const std::function<void(const Notice&)>& row);
/// The oldest first, those above `after`.
void each_since(storage::Connection& connection, WalkerId walker, Number after, int size,
                const std::function<void(const Notice&)>& row);
/// Counted up to kCounted.
std::int64_t count_unread(storage::Connection& connection, WalkerId walker);
void mark_read(storage::Connection& connection, WalkerId walker, Number up_to);

/// The next number of the walker; its row of settings is held against other writers, and its streams are told.
Number next_number(storage::Connection& connection, WalkerId walker);
Number last_number(storage::Connection& connection, WalkerId walker);
std::vector<std::pair<WalkerId, Number>> last_numbers(storage::Connection& connection,
                                                      std::span<const WalkerId> walkers);

/// What was told last of the kind and the other.
struct Last {
  Number number;
  std::int64_t times;
  bool read;
  time::Timestamp at;
};
std::optional<Last> find_last(storage::Connection& connection, const Told& told);
void add(storage::Connection& connection, const Told& told, Number number, std::int64_t times);
void drop(storage::Connection& connection, WalkerId walker, Number number);
/// The oldest past kKept go.
void drop_surplus(storage::Connection& connection, WalkerId walker);
/// When the one was told that is so many before the newest; nothing: there are not as many.
std::optional<time::Timestamp> told_at(storage::Connection& connection, WalkerId walker, int before);

/// What the walker was told of the other.
void forget_other(storage::Connection& connection, WalkerId walker, WalkerId other);
/// Some of what others were told of it. Whether nothing is left.
bool forget_some_about(storage::Connection& connection, WalkerId other);
void hand_over(storage::Connection& connection, WalkerId from, WalkerId to);
void remove_all_of(storage::Connection& connection, WalkerId walker);

/// A friend that takes part, whose day a change left behind.
struct Overtaken {
  WalkerId walker;
  WalkerId by;
  std::int64_t total;  ///< its own
  std::int64_t offset_minutes;
};
/// At most kChangesAtOnce changes of one moment.
inline constexpr std::size_t kChangesAtOnce = 64;
std::vector<Overtaken> overtaken_by(storage::Connection& connection, std::span<const steps::Listener::Change> changes);

/// Some within the span, the oldest first. How many; 0: no more.
std::int64_t delete_notices_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::walk::notices
