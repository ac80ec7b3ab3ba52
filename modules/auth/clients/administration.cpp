#include "clients/administration.hpp"

#include <algorithm>

#include "audit/store.hpp"
#include "clients/store.hpp"
#include "keys/timeline.hpp"
#include "registry/store.hpp"

namespace dontgoback::auth {
namespace {

constexpr std::size_t kSecretBytes = 32;

constexpr Failure kTaken{FailureKind::conflict,
                         {"이미 있는 클라이언트입니다.", "there is a client of this id already"}};
constexpr Failure kUnknown{FailureKind::not_found, {"그런 클라이언트가 없습니다.", "there is no such client"}};
constexpr Failure kHasKeys{
    FailureKind::conflict,
    {"키로 인증하는 클라이언트입니다.", "this client signs assertions: it has keys and no secret"}};

std::string make_secret() { return security::base64url_encode(security::random_bytes(kSecretBytes)); }

std::optional<Client> find(storage::Connection& connection, std::string_view id) {
  for (auto& client : all_clients(connection)) {
    if (client.id == id) return std::move(client);
  }
  return std::nullopt;
}

}  // namespace

Result<std::string> ClientAdministration::add(Client client) {
  client.created_at = clock_.now();
  const auto secret = client.jwks.empty() ? make_secret() : std::string();
  try {
    database_.write([&](storage::Connection& connection) {
      add_client(connection, client);
      if (!secret.empty()) add_secret(connection, client.id, security::sha256(secret), client.created_at);
      note(connection, "client add", client.id);
    });
  } catch (const storage::DuplicateKey&) {
    return kTaken;
  }
  return secret;
}

Result<std::string> ClientAdministration::rotate_secret(std::string_view id) {
  const auto secret = make_secret();
  return database_.write([&](storage::Connection& connection) -> Result<std::string> {
    const auto client = find(connection, id);
    if (!client) return kUnknown;
    if (!client->jwks.empty()) return kHasKeys;
    remove_old_secrets(connection, id, 1);
    add_secret(connection, id, security::sha256(secret), clock_.now());
    note(connection, "client rotate-secret", id);
    return secret;
  });
}

Result<std::int64_t> ClientAdministration::finish_rotation(std::string_view id) {
  return database_.write([&](storage::Connection& connection) -> Result<std::int64_t> {
    if (!find(connection, id)) return kUnknown;
    const auto ended = remove_old_secrets(connection, id, 1);
    if (ended > 0) note(connection, "client finish-rotation", id);
    return ended;
  });
}

bool ClientAdministration::disable(std::string_view id) {
  return database_.write([&](storage::Connection& connection) {
    const auto client = find(connection, id);
    if (!client) return false;
    if (client->disabled_at) return true;
    set_disabled(connection, id, clock_.now());
    deny_tokens(connection, id);
    note(connection, "client disable", id);
    return true;
  });
}

bool ClientAdministration::enable(std::string_view id) {
  return database_.write([&](storage::Connection& connection) {
    if (!set_disabled(connection, id, std::nullopt)) return false;
    note(connection, "client enable", id);
    return true;
  });
}

bool ClientAdministration::remove(std::string_view id) {
  return database_.write([&](storage::Connection& connection) {
    if (!remove_client(connection, id)) return false;
    deny_tokens(connection, id);
    note(connection, "client remove", id);
    return true;
  });
}

void ClientAdministration::note(storage::Connection& connection, std::string action, std::string_view id) const {
  note_change(connection);
  AuditEntry entry;
  entry.at = clock_.now();
  entry.actor = actor_;
  entry.action = std::move(action);
  entry.subject = id;
  entry.result = "done";
  add_entry(connection, entry);
}

void ClientAdministration::deny_tokens(storage::Connection& connection, std::string_view id) const {
  // The server that issues may not have seen the change for a second: its last tokens are included.
  constexpr std::chrono::seconds kUntilSeen{2};
  const auto until = std::chrono::ceil<std::chrono::seconds>(clock_.now()) + kUntilSeen;
  add_denial(connection, {security::Denial::Kind::client, std::string(id), until, until + kKeptAfterLastToken});
}

}  // namespace dontgoback::auth
