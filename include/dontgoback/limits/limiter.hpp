#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

// Who may do how much of what. What is counted is kept for a class (the name of a Rate or Tally, a literal that means
// the same everywhere) and a key in it: an account, a client, an address_group(). Keys come from strangers: their
// number is bounded by the implementation, their length by the caller, some dozens of bytes. All spans are steady time.
namespace dontgoback::limits {

/// `burst` at once, and all of it back after `period`, evenly (GCRA, the leaky bucket as a meter of ITU-T I.371).
struct Rate {
  std::string_view name;
  std::int64_t burst;
  std::chrono::milliseconds period;
};

/// A key's share of what a rate allows.
struct Share {
  Rate rate;
  std::string_view key;
};

struct Verdict {
  /// Unavailable: nobody can say, because the counts are kept elsewhere and that is away. Whether what is asked for
  /// goes on then is the caller's decision.
  enum class Kind { allowed, refused, unavailable } kind = Kind::allowed;
  std::chrono::milliseconds wait{};   ///< refused: until then it would be in vain
  std::int64_t left = 0;              ///< allowed: what the first share has left, now
  std::chrono::milliseconds whole{};  ///< allowed: until all of the first share is back
  std::size_t refusing = 0;           ///< refused: which of the shares; of several the one that waits longest

  bool is_refused() const { return kind == Kind::refused; }
  /// For the field of a 429 (RFC 9110 section 10.2.3): whole seconds, at least one.
  std::chrono::seconds retry_after() const {
    const auto until = std::chrono::ceil<std::chrono::seconds>(wait);
    return until.count() < 1 ? std::chrono::seconds(1) : until;
  }
};

/// Events that are counted until none has come for a while.
struct Tally {
  std::string_view name;
  std::chrono::milliseconds forgotten_after;
};

struct Count {
  std::int64_t events = 0;
  std::chrono::milliseconds since_last{};  ///< 0 when there is none
};

/// Any thread. Never blocks for long, so that an I/O thread may ask.
class Limiter {
 public:
  virtual ~Limiter() = default;

  /// Takes `cost`, from 1 to the smallest burst, of each share, or of none: what one refuses is taken of no other, so
  /// nobody uses up what others share by being refused. 1 to 8 shares; those of one rate have different keys.
  virtual Verdict take(std::span<const Share> shares, std::int64_t cost = 1) = 0;
  /// What `take` would answer of a cost of 1; takes nothing.
  virtual Verdict look(std::span<const Share> shares) = 0;

  Verdict take(const Rate& rate, std::string_view key, std::int64_t cost = 1) {
    const Share share{rate, key};
    return take(std::span(&share, 1), cost);
  }

  virtual void add(const Tally& tally, std::string_view key) = 0;
  /// Nothing: unavailable.
  virtual std::optional<Count> count(const Tally& tally, std::string_view key) = 0;
  virtual void clear(const Tally& tally, std::string_view key) = 0;
};

}  // namespace dontgoback::limits
