#include "sign_in.hpp"

#include <algorithm>

#include "dontgoback/http/error.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hmac.hpp"

namespace dontgoback::walk::walkers {
namespace {

constexpr Failure kOneOfBoth{
    FailureKind::invalid,
    {"provider와 idToken, 또는 ticket 하나를 보내 주세요.", "Send either provider and idToken, or a ticket."}};
constexpr Failure kUsed{FailureKind::unauthenticated,
                        {"이미 사용된 nonce 또는 토큰입니다.", "That nonce or token has been used already."}};
constexpr Failure kSuspended{FailureKind::forbidden, {"이용이 정지된 걷기 프로필입니다.", "This walker is suspended."}};
constexpr Failure kNoMembers{
    FailureKind::unavailable,
    {"지금은 회원 계정으로 걷기를 시작할 수 없습니다.", "Members cannot be asked for here right now."}};
constexpr Failure kNoOther{FailureKind::not_found,
                           {"합칠 다른 걷기 프로필이 없습니다.", "There is no other walker to be merged with."}};

}  // namespace

/// What credentials have come to, before anything is written.
struct SignIn::Known {
  std::optional<std::string> came_by;   ///< the identity that a provider has proven; nothing: a member's ticket
  std::vector<std::string> identities;  ///< all that are the person's, as far as it is known; in their kept form
  std::optional<std::string> person;
  std::optional<std::string> proof;  ///< what signs in once only
};

std::string SignIn::kept_form(const ports::Identity& identity) const {
  // Neither has a line break.
  return security::base64url_encode(
      security::bytes(security::hmac_sha256(identity_key_, identity.issuer + '\n' + identity.subject)));
}

SignIn::Known SignIn::find_out(const Credentials& credentials, std::optional<WalkerId> merging) const {
  Known known;
  if (credentials.ticket.has_value() == (credentials.provider && credentials.id_token)) throw http::Error(kOneOfBoth);
  if (credentials.ticket) {
    if (!people_) throw http::Error(kNoMembers);
    auto redeemed = http::unwrap(people_->redeem(*credentials.ticket));
    known.person = std::move(redeemed.person);
    if (redeemed.arrived_by) known.came_by = kept_form(*redeemed.arrived_by);
    for (const auto& identity : redeemed.identities) known.identities.push_back(kept_form(identity));
    return known;
  }
  const auto proven = http::unwrap(providers_.prove(*credentials.provider, *credentials.id_token, credentials.nonce));
  known.came_by = kept_form(proven.identity);
  known.proof = proven.proof;
  const bool is_known = database_.read([&](storage::Connection& connection) {
    const auto walker = find_by_identity(connection, *known.came_by);
    return walker && walker->id != merging;
  });
  // A walker that is known signs in while core is away.
  if (!is_known && people_) known.person = http::unwrap(people_->of_identity(proven.identity));
  return known;
}

std::optional<Walker> SignIn::walker_of(storage::Connection& connection, const Known& known) const {
  if (!known.came_by) {
    if (auto walker = find_by_person(connection, *known.person)) return walker;
    for (const auto& identity : known.identities) {
      auto walker = find_by_identity(connection, identity);
      if (!walker || person_of(connection, walker->id)) continue;
      set_person(connection, walker->id, known.person);
      return walker;
    }
    return std::nullopt;
  }
  if (auto walker = find_by_identity(connection, *known.came_by)) return walker;
  if (!known.person) return std::nullopt;
  auto walker = find_by_person(connection, *known.person);
  if (walker) add_identity(connection, *known.came_by, walker->id);
  return walker;
}

std::optional<Walker> SignIn::another(storage::Connection& connection, const Known& known, WalkerId than) const {
  std::vector<Walker> found;
  const auto consider = [&](std::optional<Walker> walker) {
    if (walker && walker->id != than) found.push_back(*std::move(walker));
  };
  if (known.came_by) consider(find_by_identity(connection, *known.came_by));
  if (known.person) consider(find_by_person(connection, *known.person));
  for (const auto& identity : known.identities) consider(find_by_identity(connection, identity));
  // Who takes part comes before who is on the way out.
  const auto active = std::ranges::find(found, Status::active, &Walker::status);
  if (active != found.end()) return *std::move(active);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

SignIn::Begun SignIn::sign_in(const Credentials& credentials, std::string_view device) const {
  const auto known = find_out(credentials);
  const auto attempt = [&](storage::Connection& connection) {
    const auto now = sessions_.clock().now();
    if (known.proof && !use_proof(connection, *known.proof, now)) throw http::Error(kUsed);
    auto walker = walker_of(connection, known);
    if (!walker) {
      walker = add_walker(connection, known.person, now);
      if (known.came_by) add_identity(connection, *known.came_by, walker->id);
    }
    lock_walker(connection, walker->id);
    walker = find(connection, walker->id);
    if (!walker || walker->status == Status::suspended) throw http::Error(kSuspended);
    if (walker->status == Status::leaving) {
      change_status(connection, subscribers_, walker->id, Status::active, now);
      walker->status = Status::active;
    }
    auto other = another(connection, known, walker->id);
    if (other && other->status != Status::active) other.reset();
    return Begun{sessions_.begin(connection, *walker, device), std::move(other)};
  };
  try {
    return database_.write(attempt);
  } catch (const storage::DuplicateKey&) {  // another request of the same person was faster: its walker is this one's
    return database_.write(attempt);
  }
}

void SignIn::merge_into(WalkerId walker, const Credentials& credentials) const {
  const auto known = find_out(credentials, walker);
  const auto other = database_.write([&](storage::Connection& connection) {
    const auto now = sessions_.clock().now();
    if (known.proof && !use_proof(connection, *known.proof, now)) throw http::Error(kUsed);
    auto from = another(connection, known, walker);
    if (!from) throw http::Error(kNoOther);
    // In order of number, so that two at once do not wait for one another.
    lock_walker(connection, std::min(walker, from->id));
    lock_walker(connection, std::max(walker, from->id));
    from = find(connection, from->id);
    const auto into = find(connection, walker);
    if (!from || !into) throw http::Error(kNoOther);
    if (from->status == Status::suspended || into->status != Status::active) throw http::Error(kSuspended);
    merge(connection, subscribers_, from->id, walker, now);
    return from->id;
  });
  remove_merged(database_, subscribers_, other);
}

}  // namespace dontgoback::walk::walkers
