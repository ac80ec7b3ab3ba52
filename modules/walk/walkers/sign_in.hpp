#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/ports/people.hpp"
#include "life_cycle.hpp"
#include "providers.hpp"
#include "session_service.hpp"

namespace dontgoback::walk::walkers {

/// How somebody comes to a walker. Blocks; any thread that may.
class SignIn {
 public:
  /// All outlive it; `people` may be null: nobody knows members, and phones sign in all the same.
  SignIn(storage::Database& database, const SessionService& sessions, const Subscribers& subscribers,
         const Providers& providers, std::shared_ptr<ports::People> people, const Keys& keys)
      : database_(database),
        sessions_(sessions),
        subscribers_(subscribers),
        providers_(providers),
        people_(std::move(people)),
        identity_key_(keys.of("identity")) {}

  /// What somebody brings.
  struct Credentials {
    std::optional<std::string> provider, id_token, nonce, ticket;
  };

  struct Begun {
    SignedIn session;
    /// Of the same person, as far as the credentials prove it: a ticket does. The two become one by merge_into only.
    std::optional<Walker> other;
  };
  /// Whom a provider has proven, by an ID token or a ticket: the walker that they sign in to, else that of the person
  /// whose way in it is, else a new one. A member with a ticket: the walker of the person, else one that was made by
  /// one of the person's ways in, which is the person's from now on, else a new one. One that was leaving stays. Throws
  /// http::Error: 400, 401, 403 for one that is suspended, 503.
  Begun sign_in(const Credentials& credentials, std::string_view device) const;

  /// Another walker of the same person, who proves it: what it has becomes this one's. 404 where there is none but this
  /// one. Retried after a lost answer with new credentials it is 404, too.
  void merge_into(WalkerId walker, const Credentials& credentials) const;

 private:
  struct Known;
  /// `merging`: nothing of it need be asked of core but what is not known of another walker.
  Known find_out(const Credentials& credentials, std::optional<WalkerId> merging = {}) const;
  std::string kept_form(const ports::Identity& identity) const;
  std::optional<Walker> walker_of(storage::Connection& connection, const Known& known) const;
  std::optional<Walker> another(storage::Connection& connection, const Known& known, WalkerId than) const;

  storage::Database& database_;
  const SessionService& sessions_;
  const Subscribers& subscribers_;
  const Providers& providers_;
  const std::shared_ptr<ports::People> people_;
  const std::string identity_key_;
};

}  // namespace dontgoback::walk::walkers
