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

  /// A phone: the walker that it signs in to, else that of the person whose way in it is, else a new one. A member with
  /// a ticket: the walker of the person, else one that a phone with one of the person's ways in made, which is the
  /// person's from now on, else a new one. One that was leaving stays. Throws http::Error: 400, 401, 403 for one that
  /// is suspended, 503.
  SignedIn sign_in(const Credentials& credentials, std::string_view device) const;

  /// Another walker of the same person, who proves it: what it has becomes this one's. 404 where there is none but this
  /// one. Retried after a lost answer with new credentials it is 404, too.
  void merge_into(WalkerId walker, const Credentials& credentials) const;

 private:
  struct Known;
  Known find_out(const Credentials& credentials) const;
  std::string kept_form(const ports::Identity& identity) const;
  std::optional<Walker> walker_of(storage::Connection& connection, const Known& known) const;

  storage::Database& database_;
  const SessionService& sessions_;
  const Subscribers& subscribers_;
  const Providers& providers_;
  const std::shared_ptr<ports::People> people_;
  const std::string identity_key_;
};

}  // namespace dontgoback::walk::walkers
