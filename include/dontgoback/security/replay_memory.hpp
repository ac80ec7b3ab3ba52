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
/// `started()` must be refused. One memory serves all uses: each begins its identifiers with a word of its own. Any
/// thread.
class ReplayMemory {
 public:
  enum class Outcome { first, again, full };

  explicit ReplayMemory(const time::Clock& clock, std::size_t capacity = std::size_t{1} << 17);

  /// `ends`: from when on whatever carries the identifier is refused for its age. The same identifier is `again`
  /// whatever its end.
  Outcome use(std::string_view identifier, std::chrono::sys_seconds ends);
  /// When this memory began.
  time::Timestamp started() const { return started_; }
  /// Whether what was issued then may have been used before this memory began: refuse it. Issuers date in whole
  /// seconds, so seconds are compared: what is dated in the very second of the start may have been issued after it, and
  /// is not refused. What an earlier process took in that second can so be used once more; the alternative would refuse
  /// honest clients for up to a second after every start.
  bool predated_by(std::chrono::sys_seconds issued_at) const {
    return issued_at < std::chrono::floor<std::chrono::seconds>(started_);
  }
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
  std::chrono::sys_seconds forgotten_{};  ///< what ends until then may have been used and forgotten
  /// By when they end, rounded up to a quarter of a minute: what has ended goes a bucket at a time.
  std::map<std::chrono::sys_seconds, std::unordered_set<Digest, DigestHash>> buckets_;
};

}  // namespace dontgoback::security
