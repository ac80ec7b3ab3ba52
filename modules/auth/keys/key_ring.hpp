#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/entry.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/security/jose/algorithm.hpp"
#include "dontgoback/security/jose/signing_key.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "keys/timeline.hpp"

namespace dontgoback::auth {

struct KeyDescription {
  KeyPlan plan;
  security::Algorithm algorithm;
};

/// What changes the signing keys. Each change is one transaction, so being interrupted at any point leaves either the
/// state before or the state after; all that follows is a matter of the clock (timeline.hpp). Any thread that may
/// block.
class KeyRing {
 public:
  /// When a rotation takes effect.
  enum class When { after_publication, now };

  /// `file_key` seals the keys.
  KeyRing(storage::Database& database, const time::Clock& clock, std::string file_key);

  /// Makes the first key when there is none, or takes it from `first_release_file` when that is there: verifiers of the
  /// first release have read it once and never will again.
  void prepare(const std::filesystem::path& first_release_file, security::Algorithm algorithm);

  std::vector<KeyPlan> plan() const;
  std::vector<KeyDescription> describe() const;

  /// Publishes a next key, which signs once verifiers have had time to fetch it; with `now` at once (they fetch it when
  /// they meet it). A next key that is there already is the one: brought forward with `now`, else conflict.
  /// The new key is of `algorithm`, or of the newest key's: a command must not change what a server beside it was told.
  Result<KeyPlan> rotate(When when, const Actor& actor, std::optional<security::Algorithm> algorithm = {});
  /// Takes a key out of use at once, with every token it signed: those go on the deny-list. If it was signing, the next
  /// key does so from now on, a new one where there is none. not_found for an unknown kid; unavailable
  /// when the deny-list is full.
  Result<KeyPlan> retire(std::string_view kid, const Actor& actor);

  /// What a server does once a minute: publishes the next key when it is due (`every` 0: never) or when another
  /// algorithm is wanted than the newest key's, puts right what a clock that ran ahead has dated, and forgets keys and
  /// denials whose last token has ended beyond doubt. What it did, for people. One thread.
  std::string tend(std::chrono::hours every, security::Algorithm wanted, const time::ClockTrust& trust);

 private:
  void put_right(time::Timestamp now);
  void put_denials_right(const time::ClockTrust& trust);
  std::string forget(const time::ClockTrust& trust);
  bool misdated_for_long(bool misdated);
  security::Algorithm newest_algorithm() const;
  std::optional<KeyTimes> insert_next(storage::Connection& connection, const security::SigningKey& key,
                                      time::Timestamp published_at, time::Timestamp signs_from) const;

  storage::Database& database_;
  const time::Clock& clock_;
  const std::string file_key_;
  std::optional<std::chrono::steady_clock::time_point> misdated_since_;      // as far as this process has seen
  std::optional<std::chrono::steady_clock::time_point> denied_ahead_since_;  // the same, of denials
};

}  // namespace dontgoback::auth
