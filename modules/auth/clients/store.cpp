#include "clients/store.hpp"

#include <map>

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/jose/jwks.hpp"

namespace dontgoback::auth {
namespace {

security::Digest digest_of(std::string_view base64url) {
  security::Digest digest{};
  const auto bytes = security::base64url_decode(base64url);
  // A damaged row matches no secret: the digest of nothing that anybody can find.
  if (bytes && bytes->size() == digest.size()) std::copy(bytes->begin(), bytes->end(), digest.begin());
  return digest;
}

}  // namespace

std::vector<Client> all_clients(storage::Connection& connection) {
  std::vector<Client> clients;
  connection.each(
      "SELECT id, name, scopes, audiences, jwks, dpop, created_at, disabled_at FROM auth_clients ORDER BY id",
      storage::args(),
      [&clients](std::string_view id, std::string_view name, std::string_view scopes, std::string_view audiences,
                 std::optional<std::string> jwks, int dpop, time::Timestamp created_at,
                 std::optional<time::Timestamp> disabled_at) {
        auto& client = clients.emplace_back();
        client.id = id;
        client.name = name;
        client.scopes = words_of(scopes);
        client.audiences = words_of(audiences);
        client.jwks = std::move(jwks).value_or("");
        if (!client.jwks.empty())
          client.keys = security::parse_jwks(client.jwks).value_or(security::VerificationKeys::Set{});
        client.dpop = dpop != 0;
        client.created_at = created_at;
        client.disabled_at = disabled_at;
      });
  std::map<std::string_view, Client*> by_id;
  for (auto& client : clients) by_id.emplace(client.id, &client);
  connection.each("SELECT id, client_id, digest, created_at, last_used_at FROM auth_client_secrets ORDER BY id DESC",
                  storage::args(),
                  [&by_id](std::int64_t id, std::string_view client_id, std::string_view digest,
                           time::Timestamp created_at, std::optional<time::Timestamp> last_used_at) {
                    // Added since the statement above: the change that added it is yet to be read.
                    const auto owner = by_id.find(client_id);
                    if (owner == by_id.end()) return;
                    owner->second->secrets.push_back({id, digest_of(digest), created_at, last_used_at});
                  });
  return clients;
}

void add_client(storage::Connection& connection, const Client& client) {
  const auto jwks = client.jwks.empty() ? std::optional<std::string>() : std::optional(client.jwks);
  connection.execute(
      "INSERT INTO auth_clients (id, name, scopes, audiences, jwks, dpop, created_at) "
      "VALUES (:id, :name, :scopes, :audiences, :jwks, :dpop, :created_at)",
      client.id, client.name, joined(client.scopes), joined(client.audiences), jwks, client.dpop ? 1 : 0,
      client.created_at);
}

void update_client(storage::Connection& connection, const Client& client) {
  const auto jwks = client.jwks.empty() ? std::optional<std::string>() : std::optional(client.jwks);
  connection.execute(
      "UPDATE auth_clients SET name = :name, scopes = :scopes, audiences = :audiences, jwks = :jwks, dpop = :dpop "
      "WHERE id = :id",
      client.name, joined(client.scopes), joined(client.audiences), jwks, client.dpop ? 1 : 0, client.id);
}

bool remove_client(storage::Connection& connection, std::string_view id) {
  return connection.execute("DELETE FROM auth_clients WHERE id = :id", id) == 1;
}

bool set_disabled(storage::Connection& connection, std::string_view id, std::optional<time::Timestamp> disabled_at) {
  return connection.execute("UPDATE auth_clients SET disabled_at = :disabled_at WHERE id = :id", disabled_at, id) == 1;
}

void add_secret(storage::Connection& connection, std::string_view client_id, const security::Digest& digest,
                time::Timestamp now) {
  connection.execute(
      "INSERT INTO auth_client_secrets (client_id, digest, created_at) VALUES (:client_id, :digest, :now)", client_id,
      security::base64url_encode(security::bytes(digest)), now);
}

void remove_secret(storage::Connection& connection, std::int64_t secret_id) {
  connection.execute("DELETE FROM auth_client_secrets WHERE id = :id", secret_id);
}

std::int64_t remove_old_secrets(storage::Connection& connection, std::string_view client_id, int keep) {
  std::vector<std::int64_t> old;
  connection.each("SELECT id FROM auth_client_secrets WHERE client_id = :client_id ORDER BY id DESC",
                  storage::args(client_id), [&](std::int64_t id) {
                    if (keep-- <= 0) old.push_back(id);
                  });
  for (const auto id : old) remove_secret(connection, id);
  return static_cast<std::int64_t>(old.size());
}

void note_use(storage::Connection& connection, std::int64_t secret_id, time::Timestamp used_at) {
  connection.execute(
      "UPDATE auth_client_secrets SET last_used_at = :used_at WHERE id = :id AND (last_used_at IS NULL OR last_used_at "
      "< :since)",
      used_at, secret_id, used_at);
}

}  // namespace dontgoback::auth
