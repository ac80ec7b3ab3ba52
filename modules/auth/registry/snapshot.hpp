#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "clients/client.hpp"
#include "dontgoback/security/jose/signing_key.hpp"
#include "dontgoback/security/jose/verification_keys.hpp"
#include "keys/timeline.hpp"
#include "resource_server/deny_set.hpp"

namespace dontgoback::auth {

/// A document that others poll, with its entity tag.
struct Document {
  std::string body;
  std::string etag;
};

/// What the auth server knew at one moment: clients, keys and denials. Immutable, so that serving a token takes no lock
/// held long and no database. Any thread.
class Snapshot {
 public:
  /// `keys` in order of their times, at least one.
  Snapshot(std::int64_t version, std::vector<Client> clients, std::vector<KeyTimes> times,
           std::vector<security::SigningKey> keys, std::vector<Denial> denials);

  std::int64_t version() const { return version_; }

  /// Null when there is none.
  const Client* find_client(std::string_view id) const;
  const std::vector<Client>& clients() const { return clients_; }

  const security::SigningKey& signing_key(time::Timestamp now) const { return keys_[signing_index(times_, now)]; }
  const std::vector<security::SigningKey>& keys() const { return keys_; }
  /// The same pointer in a later snapshot that has the same keys.
  const std::shared_ptr<const security::VerificationKeys::Set>& verification_keys() const { return verification_keys_; }
  const std::shared_ptr<const DenySet>& denied() const { return denied_; }

  const Document& jwks() const { return jwks_; }
  const Document& deny_list() const { return deny_list_; }

  /// Takes over what `before` made of the same keys: verified tokens are remembered with the set.
  void share(const Snapshot& before);

 private:
  std::int64_t version_;
  std::vector<Client> clients_;
  std::unordered_map<std::string_view, const Client*> by_id_;
  std::vector<KeyTimes> times_;
  std::vector<security::SigningKey> keys_;
  std::shared_ptr<const security::VerificationKeys::Set> verification_keys_;
  std::shared_ptr<const DenySet> denied_;
  Document jwks_;
  Document deny_list_;
};

}  // namespace dontgoback::auth
