#pragma once

#include <atomic>
#include <cstddef>

namespace dontgoback::http {

/// What requests and answers under way may take in memory, all together, besides the block that a connection reads to.
/// Any thread.
class MemoryBudget {
 public:
  explicit MemoryBudget(std::size_t bytes) : bytes_(bytes) {}
  std::size_t taken() const { return taken_.load(std::memory_order_relaxed); }

 private:
  friend class MemoryShare;
  bool take(std::size_t bytes, std::size_t ceiling);
  void give_back(std::size_t bytes) { taken_.fetch_sub(bytes, std::memory_order_relaxed); }

  const std::size_t bytes_;
  std::atomic<std::size_t> taken_{0};
};

/// One holder's part of a budget that outlives it.
class MemoryShare {
 public:
  /// How far the budget may be filled for whom: the second half is for what is small and comes from somebody known, so
  /// that neither strangers nor large bodies are in its way.
  enum class Reach { half, whole };

  explicit MemoryShare(MemoryBudget& budget) : budget_(budget) {}
  MemoryShare(const MemoryShare&) = delete;
  MemoryShare& operator=(const MemoryShare&) = delete;
  ~MemoryShare() { release(); }

  /// False, and the share stays as it was, when the budget has none left.
  bool grow_to(std::size_t bytes, Reach reach);
  void release();

 private:
  MemoryBudget& budget_;
  std::size_t bytes_ = 0;
};

}  // namespace dontgoback::http
