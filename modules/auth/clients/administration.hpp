#pragma once

#include <string>
#include <string_view>

#include "audit/entry.hpp"
#include "clients/client.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/storage/database.hpp"

namespace dontgoback::auth {

/// What an operator does with the clients of the database. Each act is one transaction with its row of the audit trail,
/// which says so when it was refused.
/// Secrets are 256 random bits, returned once and kept as a digest. Any thread that may block.
class ClientAdministration {
 public:
  ClientAdministration(storage::Database& database, const time::Clock& clock, Actor actor)
      : database_(database), clock_(clock), actor_(std::move(actor)) {}

  /// The new client's secret; empty for one that has a `jwks`. conflict when the id is taken.
  Result<std::string> add(Client client);
  /// What becomes of the newer of two live secrets. That no use of it is known is no proof that nobody has it: a server
  /// writes the first one within a second, if it is not killed before.
  enum class Newer { keep, replace_unused, replace };
  /// A new secret beside the present one, which goes on until `finish_rotation`. Where two are live: conflict, unless
  /// the newer is to be replaced (its output was lost), and no use of it is known or that does not matter. not_found;
  /// conflict for a client that signs assertions.
  Result<std::string> rotate_secret(std::string_view id, Newer newer = Newer::keep);
  /// Ends all secrets but the newest. The number ended.
  Result<std::int64_t> finish_rotation(std::string_view id);
  /// What became of an act: it was done, or everything was so already and nothing was.
  enum class Outcome { done, was_so };
  /// Replaces name, scopes, audiences, keys and the need of a proof by those of `client`. not_found; conflict when it
  /// would turn a client of secrets into one of keys or the other way.
  Result<Outcome> change(const Client& client);
  /// No tokens any more, those it has are denied, and codes to join as it are withdrawn. Of one that is disabled
  /// already (`was_so`) the tokens are denied anew: an issuing node may have been away. not_found; unavailable when the
  /// deny-list is full: then nothing was done.
  Result<Outcome> disable(std::string_view id);
  /// not_found.
  Result<Outcome> enable(std::string_view id);
  /// The same as disable, for good.
  Result<Outcome> remove(std::string_view id);
  /// Denies the tokens of any client issued until now, be it of the database, from configuration or gone; the client
  /// stays as it is. unavailable when the deny-list is full.
  Result<Outcome> revoke_tokens(std::string_view id);

 private:
  /// One transaction: the act and its row.
  template <class Work>
  auto act(std::string_view action, std::string_view id, const Work& work) const;
  [[nodiscard]] bool deny_tokens(storage::Connection& connection, std::string_view id) const;
  void allow_tokens(storage::Connection& connection, std::string_view id) const;

  storage::Database& database_;
  const time::Clock& clock_;
  const Actor actor_;
};

}  // namespace dontgoback::auth
