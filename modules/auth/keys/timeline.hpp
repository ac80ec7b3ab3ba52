#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/time/clock.hpp"

// When which key does what: a pure function of the rows in the database and the clock. Nothing has to happen at any of
// these moments, so nothing can be interrupted: a rotation is one row, and the switch to the new key is the clock
// passing its `signs_from`.
namespace dontgoback::auth {

/// What verifiers are told to keep the key set for.
inline constexpr std::chrono::seconds kKeySetCacheLife{300};
/// From publishing a key to signing with it. A verifier may fetch the old set just before the new key is in it, keep
/// that for its cache life, and need a while longer for the fetch.
inline constexpr std::chrono::seconds kPublishedBefore = 2 * kKeySetCacheLife;
inline constexpr std::chrono::minutes kTokenLifetime{5};
/// The largest `--clock-leeway` a verifier may have.
inline constexpr std::chrono::seconds kLargestLeeway{300};
/// After its last token a key or a denial is needed for so long.
inline constexpr std::chrono::seconds kKeptAfterLastToken = kTokenLifetime + kLargestLeeway;

/// A key that was retired before its time may be stolen, and a verifier that slept may still hold it: its denial
/// outlives every set that is kept anywhere.
inline constexpr std::chrono::hours kKeyDenied{24 * 30};

struct KeyTimes {
  std::int64_t sequence = 0;  ///< in order of which they sign
  std::string kid;
  time::Timestamp published_at{};
  time::Timestamp signs_from{};
};

enum class KeyState { next, signing, retiring };
std::string_view name_of(KeyState state);

struct KeyPlan {
  KeyTimes key;
  KeyState state = KeyState::next;
  std::optional<time::Timestamp> signs_until;  ///< nothing while no successor is there
  std::optional<time::Timestamp> gone_at;      ///< from then on no token of it can be good: it may be forgotten
};

/// Which of the keys, in order of sequence, signs now: the last whose time has come. The first when no time has: the
/// clock of a machine without a battery may be years behind. `keys` is not empty.
std::size_t signing_index(const std::vector<KeyTimes>& keys, time::Timestamp now);

std::vector<KeyPlan> plan_of(const std::vector<KeyTimes>& keys, time::Timestamp now);

/// When the next key is to be published so that it can sign `every` after the present one began. Nothing when a next
/// one is there already.
std::optional<time::Timestamp> next_publication(const std::vector<KeyTimes>& keys, std::chrono::hours every,
                                                time::Timestamp now);

}  // namespace dontgoback::auth
