#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "reader.hpp"

namespace dontgoback::core::feed {

/// What readers turn away, for pages of lists. It is remembered, but each time the database is asked whether it is the
/// same still, so that what one node was told holds at once at every other. Any thread.
class Readers {
 public:
  /// Of one reader: who has turned away from more people, as somebody may whom many block, is looked up row by row.
  static constexpr int kMostPeople = 4096;
  /// Of all that are remembered; the one that was asked for longest ago goes.
  static constexpr std::size_t kMostBytes = 4 << 20;

  /// Within `Database::read`: what holds when it is called, or later.
  Reader find(storage::Connection& connection, UserId user) const;

  /// For tests.
  std::size_t remembered() const;

 private:
  struct Remembered {
    UserId user;
    relations::Version version;
    std::shared_ptr<const TurnedAway> away;
    std::size_t bytes;
  };
  using Entries = std::list<Remembered>;

  std::shared_ptr<const TurnedAway> known(UserId user, relations::Version version) const;
  void remember(UserId user, relations::Version version, std::shared_ptr<const TurnedAway> away) const;
  void forget(Entries::iterator entry) const;

  mutable std::mutex mutex_;
  mutable Entries entries_;  // the one asked for last first
  mutable std::unordered_map<std::int64_t, Entries::iterator> by_user_;
  mutable std::size_t bytes_ = 0;
};

}  // namespace dontgoback::core::feed
