#include "http/server/memory_budget.hpp"

namespace dontgoback::http {

bool MemoryBudget::take(std::size_t bytes, std::size_t ceiling) {
  auto taken = taken_.load(std::memory_order_relaxed);
  do {
    if (bytes > ceiling || taken > ceiling - bytes) return false;
  } while (!taken_.compare_exchange_weak(taken, taken + bytes, std::memory_order_relaxed));
  return true;
}

bool MemoryShare::grow_to(std::size_t bytes, Reach reach) {
  if (bytes <= bytes_) return true;
  if (!budget_.take(bytes - bytes_, reach == Reach::half ? budget_.bytes_ / 2 : budget_.bytes_)) return false;
  bytes_ = bytes;
  return true;
}

void MemoryShare::release() {
  if (bytes_ == 0) return;
  budget_.give_back(bytes_);
  bytes_ = 0;
}

}  // namespace dontgoback::http
