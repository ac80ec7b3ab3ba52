#include "registry/snapshot.hpp"

#include "dontgoback/http/entity_tag.hpp"
#include "dontgoback/security/jose/jwks.hpp"

namespace dontgoback::auth {
namespace {

Document document(std::string body) {
  auto etag = http::entity_tag(body);
  return {std::move(body), std::move(etag)};
}

}  // namespace

Snapshot::Snapshot(std::int64_t version, std::vector<Client> clients, std::vector<KeyTimes> times,
                   std::vector<security::SigningKey> keys, std::vector<Denial> denials)
    : version_(version),
      clients_(std::move(clients)),
      times_(std::move(times)),
      keys_(std::move(keys)),
      denied_(std::make_shared<const DenySet>(std::move(denials))),
      jwks_(document(security::jwks(keys_))),
      deny_list_(document(denied_->to_json())) {
  by_id_.reserve(clients_.size());
  for (const auto& client : clients_) by_id_.emplace(client.id, &client);
  security::VerificationKeys::Set set;
  for (const auto& key : keys_) set.push_back(security::PublicKey::from_jwk(key.public_jwk()).value());
  verification_keys_ = std::make_shared<const security::VerificationKeys::Set>(std::move(set));
}

const Client* Snapshot::find_client(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

void Snapshot::share(const Snapshot& before) {
  if (before.jwks_.etag == jwks_.etag) verification_keys_ = before.verification_keys_;
}

}  // namespace dontgoback::auth
