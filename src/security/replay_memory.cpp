#include "dontgoback/security/replay_memory.hpp"

#include <algorithm>
#include <cstring>

namespace dontgoback::security {
namespace {

/// A quarter of a minute.
using Buckets = std::chrono::duration<std::int64_t, std::ratio<15>>;

/// The end of the bucket that the moment is in: never before the moment itself.
std::chrono::sys_seconds bucket_of(std::chrono::sys_seconds ends) { return std::chrono::ceil<Buckets>(ends); }

}  // namespace

std::size_t ReplayMemory::DigestHash::operator()(const Digest& digest) const {
  std::size_t hash;  // of a digest any part is as good as another
  std::memcpy(&hash, digest.data(), sizeof hash);
  return hash;
}

ReplayMemory::ReplayMemory(const time::Clock& clock, std::size_t capacity)
    : clock_(clock), capacity_(capacity), started_(clock.now()) {}

ReplayMemory::Outcome ReplayMemory::use(std::string_view identifier, std::chrono::sys_seconds ends) {
  const auto digest = sha256(identifier);
  const std::lock_guard lock(mutex_);
  const auto now = clock_.now();
  while (!buckets_.empty() && buckets_.begin()->first <= now) {
    forgotten_ = buckets_.begin()->first;
    size_ -= buckets_.begin()->second.size();
    buckets_.erase(buckets_.begin());
  }
  // A clock that was ahead and is set back makes forgotten identifiers good again: they may have been used.
  if (ends <= forgotten_) return Outcome::again;
  // With another end it is still the same identifier. There are few buckets: one for each quarter of a minute that
  // anything is taken ahead.
  const bool known =
      std::any_of(buckets_.begin(), buckets_.end(), [&](const auto& bucket) { return bucket.second.contains(digest); });
  if (known) return Outcome::again;
  if (size_ >= capacity_) return Outcome::full;
  buckets_[bucket_of(ends)].insert(digest);
  ++size_;
  return Outcome::first;
}

std::size_t ReplayMemory::size() const {
  const std::lock_guard lock(mutex_);
  return size_;
}

}  // namespace dontgoback::security
