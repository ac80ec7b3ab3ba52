#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "dontgoback/time/clock.hpp"

namespace dontgoback::auth {

/// Identifiers that may be used once (`jti` of client assertions, RFC 7523 section 3, and of DPoP proofs, RFC 9449
/// section 11.1): remembered, as digests, until what they belong to has ended. Bounded, and each owner (a client, or a
/// key) has at most a quarter of it, so that no one of them shuts out the others: where the space or the share is full
/// nothing more is taken, so that nothing remembered can be used again. In memory only: what was issued before
/// `started()` must be refused, unless what an earlier process remembered at its stop is taken over. One memory serves
/// all uses: each begins its identifiers with a word of its own. Any thread.
///
/// What that allows, with 131 072 identifiers and clocks that may be 60 s off: a proof is remembered for 61 to 76 s, so
/// 1 700 a second of all and 430 of one owner; a client assertion good for a minute for 120 to 135 s, 240 a second of
/// one client; one good for the longest ten minutes for 660 to 675 s, 48 a second.
class ReplayMemory {
 public:
  enum class Outcome { first, again, full };

  explicit ReplayMemory(const time::Clock& clock, std::size_t capacity = std::size_t{1} << 17);

  /// `owner`: whose share it takes. `ends`: from when on whatever carries the identifier is refused for its age. The
  /// same identifier is `again` whatever its owner and end.
  Outcome use(std::string_view owner, std::string_view identifier, std::chrono::sys_seconds ends);
  /// All of it, for the next process: not after anything more is used.
  std::string saved() const;
  /// Goes on with what an earlier process has saved when it had used the last one: its memory is this one's then, from
  /// its beginning on. The time between the two does not count: it is known by the wall clock only. False, and nothing
  /// is taken over: it is damaged, or larger than this memory. Before anything is used, and before other threads come.
  bool take_over(std::string_view saved);
  /// When this memory began, by what the clock says now: one that was wrong at the start may have been put right.
  time::Timestamp started() const;
  /// Whether what was issued then may have been used before this memory began: refuse it. Issuers date in whole
  /// seconds, so seconds are compared: what is dated in the very second of the start may have been issued after it, and
  /// is not refused. What an earlier process took in that second can so be used once more; the alternative would refuse
  /// honest clients for up to a second after every start.
  bool predated_by(std::chrono::sys_seconds issued_at) const {
    return issued_at < std::chrono::floor<std::chrono::seconds>(started());
  }
  /// Whether what is dated so may have been used before this memory began, by an issuer whose clock may be ahead by so
  /// much. Unlike `predated_by` it errs to the safe side, in the second of the start too: for who can ask for another.
  bool may_predate(std::chrono::sys_seconds issued_at, std::chrono::seconds ahead) const {
    return issued_at <= std::chrono::floor<std::chrono::seconds>(started()) + ahead;
  }
  std::size_t size() const;

 private:
  /// 16 bytes for each: parts of two digests under a key that is this process' own, so that nobody can look for two
  /// that agree. By chance a new identifier meets one of 131 072 once in 2^79, and would be refused, never taken twice;
  /// two owners who meet share their share.
  struct Used {
    std::uint32_t owner;
    std::array<std::uint8_t, 12> name;
    bool operator==(const Used& other) const { return name == other.name; }
  };
  struct NameHash {
    std::size_t operator()(const Used& used) const noexcept;  // noexcept: the hash is not kept with each
  };
  Used used(std::string_view owner, std::string_view identifier) const;
  void forget(time::Timestamp now);

  const time::Clock& clock_;
  const std::size_t capacity_;
  const std::size_t share_;
  std::chrono::steady_clock::time_point started_;
  std::string key_;
  mutable std::mutex mutex_;
  std::size_t size_ = 0;
  std::chrono::sys_seconds forgotten_{};  ///< what ends until then may have been used and forgotten
  /// By when they end, rounded up to a quarter of a minute: what has ended goes a bucket at a time.
  std::map<std::chrono::sys_seconds, std::unordered_set<Used, NameHash>> buckets_;
  std::unordered_map<std::uint32_t, std::size_t> by_owner_;  ///< only those who have some: no more than identifiers
};

}  // namespace dontgoback::auth
