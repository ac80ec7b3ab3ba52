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
constexpr Failure kEnded{
    FailureKind::conflict,
    {"이 코드로 등록한 시크릿은 더 이상 유효하지 않습니다.",
     "the secret that this code let in has ended since: have another code made, by `dontgoback nodes invite`"}};
constexpr Failure kOtherClient{
    FailureKind::invalid,
    {"코드를 만든 뒤 클라이언트가 바뀌었습니다.",
     "the client of this code is not what it was when the code was made: have another code made"}};
constexpr Failure kOtherRole{
    FailureKind::conflict,
    {"그 역할의 서버가 아닙니다.",
     "this client is no node of that role that has joined by a code: leave --client out, and it becomes a new one"}};
constexpr Failure kDisabled{FailureKind::conflict,
                            {"사용이 중지된 클라이언트입니다.", "this client is disabled: enable it first"}};
constexpr Failure kNoCode{FailureKind::not_found,
                          {"그 클라이언트의 코드가 없습니다.", "there is no open code for that client"}};
constexpr Failure kNotGood{FailureKind::unauthenticated,
                           {"시크릿이 올바르지 않습니다.", "the client's id or its credentials are wrong"}};
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

std::optional<JoinedNode> find_node(storage::Connection& connection, std::string_view client_id) {
  for (auto& node : all_nodes(connection)) {
    if (node.client_id == client_id) return std::move(node);
  }
  return std::nullopt;
}

bool has_secret(const Client& client, const security::Digest& digest) {
  return !client.disabled_at && std::ranges::find(client.secrets, digest, &Secret::digest) != client.secrets.end();
}

/// Nothing when the client is a node of the role that can be let in again.
std::optional<Failure> why_not_again(storage::Connection& connection, std::string_view client_id,
                                     std::string_view role) {
  const auto client = find(connection, client_id);
  if (!client) return kNoClient;
  if (client->disabled_at) return kDisabled;
  const auto node = find_node(connection, client_id);
  if (!node || node->role != role || !client->jwks.empty()) return kOtherRole;
  return std::nullopt;
}

/// A code that is good for who shows it.
struct GoodCode {
  StoredCode code;
  std::optional<Client> client;
  std::optional<JoinedNode> node;

  bool changes_nothing(std::string_view url) const { return code.used_for && node && node->url == url; }
};

Result<GoodCode> look_at(storage::Connection& connection, std::string_view code_digest, std::string_view used_for,
                         time::Timestamp now) {
  const auto code = find_code(connection, code_digest);
  if (!code) return kUnknown;
  if (code->used_for && *code->used_for != used_for) return kUsed;
  if (!code->used_for && code->ends_at < now) return kExpired;
  GoodCode good{*code, find(connection, code->client_id), find_node(connection, code->client_id)};
  if (code->used_for) {
    if (!good.client) return kUnknown;
    const auto digest = digest_of(used_for);
    if (!digest || !has_secret(*good.client, *digest)) return kEnded;
  } else if (code->kind == StoredCode::Kind::of_known_client) {
    if (why_not_again(connection, code->client_id, code->role)) return kOtherClient;
  } else if (good.client) {
    return kOtherClient;
  }
  return good;
}

}  // namespace

const std::vector<NodeRole>& node_roles() {
  static const std::vector<NodeRole> roles{
      {"extension", {std::string(kReadPeople)}, "The extension node"},
      {"core", {std::string(kUpdateAssets), std::string(kModerateWalk)}, "The core node"}};
  return roles;
}

Result<NodeAdmission::Invitation> NodeAdmission::invite(const Wish& wish, const std::vector<std::string>& configured,
                                                        const Actor& actor) {
  using Kind = StoredCode::Kind;
  if (find_role(wish.role) == nullptr) return kNoRole;
  Invitation made{security::base64url_encode(security::random_bytes(kSecretBytes)), {}, clock_.now(), {}};
  made.ends_at = made.made_at + wish.life;
  return database_.write([&](storage::Connection& connection) -> Result<Invitation> {
    // First, and so one invitation waits for the other: two at once would choose the same id.
    note_change(connection);
    auto codes = all_codes(connection);
    std::erase_if(codes, [&](const StoredCode& code) {
      const bool replaced =
          wish.kind == Kind::of_setup && code.kind == Kind::of_setup && code.role == wish.role && !code.used_for;
      const bool goes = replaced || code.ends_at + kRememberedAfter < made.made_at;
      if (goes) remove_code(connection, code.digest);
      return goes || !code.is_open(made.made_at);
    });
    if (codes.size() >= kMostCodes) return kTooMany;
    auto invitation = made;
    if (wish.kind == Kind::of_known_client) {
      if (const auto failure = why_not_again(connection, wish.client, wish.role)) return *failure;
      invitation.client_id = wish.client;
    } else {
      invitation.client_id = free_id(connection, wish.role, configured, codes);
    }
    add_code(connection, {encoded(security::sha256(invitation.secret)), std::string(wish.role), invitation.client_id,
                          wish.kind, invitation.ends_at, std::nullopt});
    note(connection, made.made_at, actor, "node invite", invitation.client_id);
    return invitation;
  });
}

std::vector<StoredCode> NodeAdmission::open_codes() const {
  auto codes = database_.read([](storage::Connection& connection) { return all_codes(connection); });
  std::erase_if(codes, [now = clock_.now()](const StoredCode& code) { return !code.is_open(now); });
  return codes;
}

Result<std::int64_t> NodeAdmission::withdraw(std::string_view client, const Actor& actor) {
  const auto now = clock_.now();
  return database_.write([&](storage::Connection& connection) -> Result<std::int64_t> {
    std::int64_t withdrawn = 0;
    for (const auto& code : all_codes(connection)) {
      if (code.client_id != client || !code.is_open(now)) continue;
      remove_code(connection, code.digest);
      ++withdrawn;
    }
    if (withdrawn == 0) return kNoCode;
    note(connection, now, actor, "node withdraw", std::string(client));
    return withdrawn;
  });
}

Result<JoinedNode> NodeAdmission::admit(const Candidate& candidate) {
  const auto now = clock_.now();
  const auto code_digest = encoded(security::sha256(candidate.code));
  const auto look = [&](storage::Connection& connection) {
    return look_at(connection, code_digest, candidate.digest, now);
  };
  // What can be told by reading is no write: a stranger's guesses, and calls made again.
  const auto seen = database_.read(look);
  if (!seen) return seen.failure();
  if (seen->changes_nothing(candidate.url)) return *seen->node;
  return database_.write([&](storage::Connection& connection) -> Result<JoinedNode> {
    note_change(connection);  // first: what others do to the client and its codes waits, or is seen below
    const auto good = look(connection);
    if (!good) return good.failure();
    if (good->changes_nothing(candidate.url)) return *good->node;
    const auto& code = good->code;
    if (!code.used_for) {
      if (!good->client) {
        const auto* role = find_role(code.role);
        Client client;
        client.id = code.client_id;
        client.name = role->name;
        client.scopes = role->scopes;
        client.created_at = now;
        add_client(connection, client);
      } else {
        // Lost or stolen: whoever else has one of these is not the node.
        for (const auto& secret : good->client->secrets) remove_secret(connection, secret.id);
      }
      auth::add_secret(connection, code.client_id, digest_of(candidate.digest).value(), now);
      use_code(connection, code.digest, candidate.digest);
    }
    JoinedNode node{code.client_id, code.role, std::string(candidate.url), now};
    put_node(connection, node);
    note(connection, now, {code.client_id, std::string(candidate.address)}, code.used_for ? "node move" : "node join",
         code.client_id);
    return node;
  });
}

Result<Done> NodeAdmission::add_secret(const Shown& shown, const security::Digest& next) {
  const auto now = clock_.now();
  return database_.write([&](storage::Connection& connection) -> Result<Done> {
    note_change(connection);  // first, as in admit
    const auto client = find(connection, shown.client_id);
    if (!client || client->secrets.empty() || !find_node(connection, shown.client_id)) return kNoNode;
    if (!has_secret(*client, shown.digest)) return kNotGood;
    if (client->secrets.front().digest == next) return Done{};
    for (const auto& secret : client->secrets) {
      if (secret.digest != shown.digest) remove_secret(connection, secret.id);
    }
    auth::add_secret(connection, client->id, next, now);
    note(connection, now, {client->id, std::string(shown.address)}, "node secret", client->id);
    return Done{};
  });
}

Result<Done> NodeAdmission::move(const Shown& shown, std::string_view url) {
  const auto now = clock_.now();
  return database_.write([&](storage::Connection& connection) -> Result<Done> {
    const auto client = find(connection, shown.client_id);
    auto node = find_node(connection, shown.client_id);
    if (!client || !node) return kNoNode;
    if (!has_secret(*client, shown.digest)) return kNotGood;
    node->url = url;
    node->told_at = now;
    put_node(connection, *node);
    note(connection, now, {client->id, std::string(shown.address)}, "node move", client->id);
    return Done{};
  });
}

std::vector<JoinedNode> NodeAdmission::nodes() const {
  return database_.read([](storage::Connection& connection) { return all_nodes(connection); });
}

}  // namespace dontgoback::auth
