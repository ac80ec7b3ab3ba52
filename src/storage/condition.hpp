#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "failures.hpp"

namespace dontgoback::storage {

/// What the last uses of a database have shown. Tells the log when a trouble begins and when it is over, and not of
/// every request in between: on a small machine the log is on the same card. Any thread.
class Condition {
 public:
  enum class Use { read, write };

  void failed(Use use, const DatabaseTrouble& trouble) noexcept;
  /// For writing: something was really written. Work that changes nothing succeeds on a full disk, too.
  void worked(Use use) noexcept;

  /// What the last use failed by, until one has worked.
  std::optional<Trouble> trouble(Use use) const;
  /// The same in words; empty: it worked.
  std::string words(Use use) const;
  /// Once damage was met it stays, though other parts of the file may still be read.
  std::string damage() const;

 private:
  using Steady = std::chrono::steady_clock;
  struct Slot {
    std::atomic<bool> failing{false};
    Trouble trouble{};
    std::string words;
    std::uint64_t failures = 0;
    bool logged = false;
    Steady::time_point since;
  };
  Slot& slot(Use use) { return slots_[static_cast<std::size_t>(use)]; }
  const Slot& slot(Use use) const { return slots_[static_cast<std::size_t>(use)]; }
  /// At most one line of a kind a minute, however often it comes and goes.
  bool may_log(Use use, Trouble trouble, Steady::time_point now);

  mutable std::mutex mutex_;
  std::array<Slot, 2> slots_;
  std::array<std::array<std::optional<Steady::time_point>, 10>, 2> logged_at_;
  std::string damage_;
};

}  // namespace dontgoback::storage
