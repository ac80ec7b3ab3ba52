#include "nodes/admission.hpp"

#include <algorithm>

#include "audit/store.hpp"
#include "clients/store.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"
#include "state/version_store.hpp"

namespace dontgoback::auth {
namespace {

constexpr std::size_t kSecretBytes = 32;
/// So that who comes late, or twice, hears what is wrong with the code.
constexpr std::chrono::hours kRememberedAfter{24 * 30};

constexpr Failure kNoRole{FailureKind::invalid,
                          {"그런 역할의 서버는 없습니다.", "no node of that role joins: core or extension"}};
constexpr Failure kNoClient{FailureKind::not_found, {"그런 클라이언트가 없습니다.", "there is no such client"}};
constexpr Failure kTooMany{
    FailureKind::conflict,
    {"아직 쓰지 않은 코드가 너무 많습니다.", "too many codes are open: let them end, or use them"}};
constexpr Failure kUnknown{
    FailureKind::not_found,
    {"모르는 코드입니다.", "this code is not known here: it is another auth server's, or ended long ago"}};
constexpr Failure kUsed{FailureKind::conflict,
                        {"이미 쓴 코드입니다.", "this code was used already, by another node: each lets one in"}};
constexpr Failure kExpired{FailureKind::forbidden, {"만료된 코드입니다.", "this code has expired"}};
constexpr Failure kNoNode{FailureKind::conflict,
                          {"코드로 들어온 서버가 아닙니다.", "this client is no node that has joined by a code"}};

std::string encoded(const security::Digest& digest) { return security::base64url_encode(security::bytes(digest)); }

std::optional<Client> find(storage::Connection& connection, std::string_view id) {
  for (auto& client : all_clients(connection)) {
    if (client.id == id) return std::move(client);
  }
  return std::nullopt;
}

const NodeRole* find_role(std::string_view role) {
  const auto found = std::ranges::find(node_roles(), role, &NodeRole::role);
  return found == node_roles().end() ? nullptr : &*found;
}

void note(storage::Connection& connection, time::Timestamp now, Actor actor, std::string action, std::string subject) {
  AuditEntry entry;
  entry.at = now;
  entry.actor = std::move(actor);
  entry.action = std::move(action);
  entry.subject = std::move(subject);
  entry.result = "done";
  add_entry(connection, entry);
}

/// `dontgoback-core-server`, or the first of its kind that nobody has: `dontgoback-core-server-2`.
std::string free_id(storage::Connection& connection, std::string_view role, const std::vector<std::string>& configured,
                    const std::vector<StoredCode>& codes) {
  const auto clients = all_clients(connection);
  const auto is_taken = [&](const std::string& id) {
    return std::ranges::find(clients, id, &Client::id) != clients.end() ||
           std::ranges::find(codes, id, &StoredCode::client_id) != codes.end() ||
           std::ranges::find(configured, id) != configured.end();
  };
  const auto base = "dontgoback-" + std::string(role) + "-server";
  auto id = base;
  for (int number = 2; is_taken(id); ++number) id = base + "-" + std::to_string(number);
  return id;
}

/// A digest as it is stored; nothing for what is none.
std::optional<security::Digest> digest_of(std::string_view text) {
  security::Digest digest{};
  const auto bytes = security::base64url_decode(text);
  if (!bytes || bytes->size() != digest.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  return digest;
}

}  // namespace

const std::vector<NodeRole>& node_roles() {
  static const std::vector<NodeRole> roles{
      {"extension", {std::string(kReadPeople)}, "The extension node"},
      {"core", {std::string(kUpdateAssets), std::string(kModerateWalk)}, "The core node"}};
  return roles;
}

Result<NodeAdmission::Invitation> NodeAdmission::invite(std::string_view role, std::chrono::hours life,
                                                        const std::vector<std::string>& configured, const Actor& actor,
                                                        std::string_view client) {
  if (find_role(role) == nullptr) return kNoRole;
  Invitation made{security::base64url_encode(security::random_bytes(kSecretBytes)), {}, clock_.now(), {}};
  made.ends_at = made.made_at + life;
  return database_.write([&](storage::Connection& connection) -> Result<Invitation> {
    auto codes = all_codes(connection);
    std::erase_if(codes, [&](const StoredCode& code) {
      const bool forgotten = code.ends_at + kRememberedAfter < made.made_at;
      if (forgotten) remove_code(connection, code.digest);
      return forgotten || code.used_for || code.ends_at < made.made_at;
    });
    if (codes.size() >= kMostCodes) return kTooMany;
    auto invitation = made;
    if (!client.empty() && !find(connection, client)) return kNoClient;
    invitation.client_id = client.empty() ? free_id(connection, role, configured, codes) : std::string(client);
    add_code(connection, {encoded(security::sha256(invitation.secret)), std::string(role), invitation.client_id,
                          invitation.ends_at, std::nullopt});
    note(connection, made.made_at, actor, "node invite", invitation.client_id);
    return invitation;
  });
}

Result<JoinedNode> NodeAdmission::admit(const Candidate& candidate) {
  const auto now = clock_.now();
  const auto code_digest = encoded(security::sha256(candidate.code));
  const auto look = [&](storage::Connection& connection) { return find_code(connection, code_digest); };
  if (!database_.read(look)) return kUnknown;  // a stranger's guess is no write
  return database_.write([&](storage::Connection& connection) -> Result<JoinedNode> {
    const auto code = look(connection);
    if (!code) return kUnknown;
    if (code->used_for && *code->used_for != candidate.digest) return kUsed;
    const JoinedNode node{code->client_id, code->role, std::string(candidate.url), now};
    if (!code->used_for) {
      if (code->ends_at < now) return kExpired;
      const auto present = find(connection, code->client_id);
      if (!present) {
        const auto* role = find_role(code->role);
        Client client;
        client.id = code->client_id;
        client.name = role->name;
        client.scopes = role->scopes;
        client.created_at = now;
        add_client(connection, client);
      } else if (present->secrets.size() > 1) {
        remove_secret(connection, present->secrets.back().id);
      }
      auth::add_secret(connection, code->client_id, digest_of(candidate.digest).value(), now);
      use_code(connection, code->digest, candidate.digest);
      note_change(connection);
      note(connection, now, {code->client_id, std::string(candidate.address)}, "node join", code->client_id);
    }
    put_node(connection, node);
    return node;
  });
}

Result<Done> NodeAdmission::add_secret(const Client& client, const security::Digest& shown,
                                       const security::Digest& next, std::string_view address) {
  const auto now = clock_.now();
  return database_.write([&](storage::Connection& connection) -> Result<Done> {
    const auto present = find(connection, client.id);
    const auto nodes = all_nodes(connection);
    const bool is_node = std::ranges::find(nodes, client.id, &JoinedNode::client_id) != nodes.end();
    if (!is_node || !present || present->secrets.empty()) return kNoNode;
    if (present->secrets.front().digest == next) return Done{};
    for (const auto& secret : present->secrets) {
      if (secret.digest != shown) remove_secret(connection, secret.id);
    }
    auth::add_secret(connection, client.id, next, now);
    note_change(connection);
    note(connection, now, {client.id, std::string(address)}, "node secret", client.id);
    return Done{};
  });
}

std::vector<JoinedNode> NodeAdmission::nodes() const {
  return database_.read([](storage::Connection& connection) { return all_nodes(connection); });
}

void NodeAdmission::moved(const JoinedNode& node) {
  database_.write([&](storage::Connection& connection) {
    put_node(connection, node);
    return Done{};
  });
}

}  // namespace dontgoback::auth
