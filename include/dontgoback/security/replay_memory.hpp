#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string_view>
#include <unordered_set>

#include "dontgoback/security/hash.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::security {

/// Identifiers that may be used once (`jti` of client assertions, RFC 7523 section 3, and of DPoP proofs, RFC 9449
/// section 11.1): remembered, as digests, until what they belong to has ended. Bounded: when it is full nothing more is
/// taken, so that nothing remembered can be used again. In memory only: after a restart, what was issued before
/// `started()` must be refused. Any thread.
class ReplayMemory {
 public:
  enum class Outcome { first, again, full };

  explicit ReplayMemory(const time::Clock& clock, std::size_t capacity = std::size_t{1} << 17);

  /// `ends`: from when on whatever carries the identifier is refused for its age.
  Outcome use(std::string_view identifier, std::chrono::sys_seconds ends);
  /// When this memory began. `iat` before it: refuse.
  time::Timestamp started() const { return started_; }
  std::size_t size() const;

 private:
  struct DigestHash {
    std::size_t operator()(const Digest& digest) const;
  };
  const time::Clock& clock_;
  const std::size_t capacity_;
  const time::Timestamp started_;
  mutable std::mutex mutex_;
  std::size_t size_ = 0;
  /// By when they end, to a quarter of a minute: what has ended goes a bucket at a time.
  std::map<std::chrono::sys_seconds, std::unordered_set<Digest, DigestHash>> buckets_;
};

}  // namespace dontgoback::security
