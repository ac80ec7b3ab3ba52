#include "clients/administration.hpp"

#include <algorithm>
#include <tuple>

#include "audit/store.hpp"
#include "clients/store.hpp"
#include "codes/node_store.hpp"
#include "codes/store.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"
#include "keys/timeline.hpp"
#include "state/denial_store.hpp"
#include "state/version_store.hpp"

namespace dontgoback::auth {
namespace {

constexpr std::size_t kSecretBytes = 32;

constexpr Failure kTaken{FailureKind::conflict,
                         {"이미 있는 클라이언트입니다.", "there is a client of this id already"}};
constexpr Failure kUnknown{FailureKind::not_found, {"그런 클라이언트가 없습니다.", "there is no such client"}};
constexpr Failure kTwoLive{FailureKind::conflict,
                           {"시크릿이 이미 두 개입니다.",
                            "two secrets are live already: end the old one with --finish, or, when the newer was lost "
                            "before anybody got it, give another in its place with --replace"}};
constexpr Failure kTwoInUse{
    FailureKind::conflict,
    {"시크릿 두 개가 이미 사용 중입니다.",
     "two secrets are in use already; end the old one with --finish first, or end the newer's use with --replace "
     "--force"}};
constexpr Failure kOtherMethod{
    FailureKind::conflict,
    {"인증 방식은 바꿀 수 없습니다.", "a client keeps to a secret or to keys; remove it and add it anew"}};
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

bool changes_nothing(ClientAdministration::Outcome outcome) { return outcome == ClientAdministration::Outcome::was_so; }
template <class Other>
bool changes_nothing(const Other&) {
  return false;
}

}  // namespace

template <class Work>
auto ClientAdministration::act(std::string_view action, std::string_view id, const Work& work) const {
  return database_.write([&](storage::Connection& connection) {
    auto result = work(connection);
    AuditEntry entry;
    entry.at = clock_.now();
    entry.actor = actor_;
    entry.action = action;
    if (result) {
      note_change(connection);
      entry.subject = id;
      entry.result = changes_nothing(*result) ? "was so already" : "done";
    } else {
      // What is no client is not named: people put secrets into the wrong field.
      if (result.failure().kind != FailureKind::not_found) entry.subject = id;
      entry.result = "refused: " + std::string(result.failure().message.en);
    }
    add_entry(connection, entry);
    return result;
  });
}

Result<std::string> ClientAdministration::add(Client client) {
  client.created_at = clock_.now();
  const auto secret = client.jwks.empty() ? make_secret() : std::string();
  try {
    return act("client add", client.id, [&](storage::Connection& connection) -> Result<std::string> {
      if (find(connection, client.id)) return kTaken;
      add_client(connection, client);
      if (!secret.empty()) add_secret(connection, client.id, security::sha256(secret), client.created_at);
      allow_tokens(connection, client.id);
      return secret;
    });
  } catch (const storage::DuplicateKey&) {  // another was faster
    return kTaken;
  }
}

Result<std::string> ClientAdministration::rotate_secret(std::string_view id, Newer newer) {
  const auto secret = make_secret();
  return act("client rotate-secret", id, [&](storage::Connection& connection) -> Result<std::string> {
    const auto client = find(connection, id);
    if (!client) return kUnknown;
    if (!client->jwks.empty()) return kHasKeys;
    if (client->secrets.size() > 1) {
      const bool used = client->secrets.front().last_used_at.has_value();
      if (newer == Newer::keep) return used ? kTwoInUse : kTwoLive;
      if (used && newer == Newer::replace_unused) return kTwoInUse;
      remove_secret(connection, client->secrets.front().id);
    }
    add_secret(connection, id, security::sha256(secret), clock_.now());
    return secret;
  });
}

Result<std::int64_t> ClientAdministration::finish_rotation(std::string_view id) {
  return act("client finish-rotation", id, [&](storage::Connection& connection) -> Result<std::int64_t> {
    if (!find(connection, id)) return kUnknown;
    const auto ended = remove_old_secrets(connection, id, 1);
    return ended;
  });
}

Result<ClientAdministration::Outcome> ClientAdministration::change(const Client& client) {
  return act("client change", client.id, [&](storage::Connection& connection) -> Result<Outcome> {
    const auto present = find(connection, client.id);
    if (!present) return kUnknown;
    if (present->jwks.empty() != client.jwks.empty()) return kOtherMethod;
    const auto described = [](const Client& c) { return std::tie(c.name, c.scopes, c.audiences, c.jwks, c.dpop); };
    if (described(*present) == described(client)) return Outcome::was_so;
    update_client(connection, client);
    return Outcome::done;
  });
}

Result<ClientAdministration::Outcome> ClientAdministration::disable(std::string_view id) {
  return act("client disable", id, [&](storage::Connection& connection) -> Result<Outcome> {
    const auto client = find(connection, id);
    if (!client) return kUnknown;
    if (!deny_tokens(connection, id)) return kDenyListFull;
    remove_codes_of(connection, id);
    if (client->disabled_at) return Outcome::was_so;
    set_disabled(connection, id, clock_.now());
    return Outcome::done;
  });
}

Result<ClientAdministration::Outcome> ClientAdministration::enable(std::string_view id) {
  return act("client enable", id, [&](storage::Connection& connection) -> Result<Outcome> {
    const auto client = find(connection, id);
    if (!client) return kUnknown;
    if (!client->disabled_at) return Outcome::was_so;
    set_disabled(connection, id, std::nullopt);
    allow_tokens(connection, id);
    return Outcome::done;
  });
}

Result<ClientAdministration::Outcome> ClientAdministration::remove(std::string_view id) {
  return act("client remove", id, [&](storage::Connection& connection) -> Result<Outcome> {
    if (!find(connection, id)) return kUnknown;
    if (!deny_tokens(connection, id)) return kDenyListFull;
    remove_codes_of(connection, id);
    remove_node(connection, id);
    remove_client(connection, id);
    return Outcome::done;
  });
}

Result<ClientAdministration::Outcome> ClientAdministration::revoke_tokens(std::string_view id) {
  return act("client revoke-tokens", id, [&](storage::Connection& connection) -> Result<Outcome> {
    const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now());
    Denial denial{Denial::Kind::client, std::string(id), now, now + kKeptAfterLastToken};
    for (const auto& present : all_denials(connection)) {
      if (present.kind != denial.kind || present.value != denial.value) continue;
      // What a disabled or removed client was refused, it stays refused.
      denial.issued_until = std::max(denial.issued_until, present.issued_until);
      denial.ends = std::max(denial.ends, present.ends);
    }
    if (!add_denial(connection, denial)) return kDenyListFull;
    return Outcome::done;
  });
}

bool ClientAdministration::deny_tokens(storage::Connection& connection, std::string_view id) const {
  // An issuing node may not have seen the change yet, and its clock may be ahead of ours: its last tokens are included.
  const auto until = std::chrono::ceil<std::chrono::seconds>(clock_.now()) + kLargestLeeway;
  return add_denial(connection, {Denial::Kind::client, std::string(id), until, until + kKeptAfterLastToken});
}

/// What the client gets from now on is good, what it had stays denied.
void ClientAdministration::allow_tokens(storage::Connection& connection, std::string_view id) const {
  end_client_denial(connection, id, std::chrono::floor<std::chrono::seconds>(clock_.now()));
}

}  // namespace dontgoback::auth
