#include "store.hpp"

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "expiry/expiry.hpp"
#include "passkeys.hpp"
#include "sessions/sessions.hpp"

namespace dontgoback::core::passkeys {
namespace {

using storage::args;
using storage::Connection;
using storage::Planned;

/// A challenge of another node, whose clock may be ahead.
constexpr std::chrono::minutes kClocksDiffer{1};

const expiry::Slices kEnded("passkey-challenges/purge", "passkey-challenges/purge-bound", "passkey_challenges",
                            "expires_at", "passkey_challenges_by_expiry");
const Planned kOfUser("passkeys/of-user",
                      "SELECT id, credential_id, copied, created_at, last_used_at FROM passkeys {passkeys_by_user} "
                      "WHERE user_id = :user_id ORDER BY id");
const Planned kDeleteOf("passkeys/delete-all-of", "DELETE FROM passkeys {passkeys_by_user} WHERE user_id = :user_id");
const Planned kDeleteChallengesOf("passkey-challenges/delete-all-of",
                                  "DELETE FROM passkey_challenges {passkey_challenges_by_user} WHERE user_id = "
                                  ":user_id");

std::string hash_of(std::string_view credential_id) {
  return security::base64url_encode(security::bytes(security::sha256(credential_id)));
}

}  // namespace

bool add_passkey(Connection& connection, const Passkey& passkey) {
  try {
    connection.execute(
        "INSERT INTO passkeys (user_id, hash, credential_id, public_key, counter, created_at) VALUES (:user_id, :hash, "
        ":credential_id, :public_key, :counter, :created_at)",
        passkey.user, hash_of(passkey.credential_id), passkey.credential_id, passkey.public_key, passkey.counter,
        passkey.created_at);
  } catch (const storage::DuplicateKey&) {
    return false;
  }
  return true;
}

std::vector<Passkey> passkeys_of(Connection& connection, UserId user) {
  std::vector<Passkey> found;
  connection.each(kOfUser.on(connection), args(user),
                  [&](std::int64_t id, std::string credential_id, bool copied, time::Timestamp created_at,
                      std::optional<time::Timestamp> last_used_at) {
                    found.push_back({.id = id,
                                     .user = user,
                                     .credential_id = std::move(credential_id),
                                     .public_key = {},
                                     .copied = copied,
                                     .created_at = created_at,
                                     .last_used_at = last_used_at});
                  });
  return found;
}

std::optional<Passkey> hold_passkey(Connection& connection, std::string_view credential_id) {
  const auto hash = hash_of(credential_id);
  connection.execute("UPDATE passkeys SET copied = copied WHERE hash = :hash", hash);
  const auto row = connection.one<std::int64_t, UserId, std::string, std::int64_t, bool, time::Timestamp>(
      "SELECT id, user_id, public_key, counter, copied, created_at FROM passkeys WHERE hash = :hash", hash);
  if (!row) return std::nullopt;
  const auto& [id, user, public_key, counter, copied, created_at] = *row;
  return Passkey{.id = id,
                 .user = user,
                 .credential_id = std::string(credential_id),
                 .public_key = public_key,
                 .counter = static_cast<std::uint32_t>(counter),
                 .copied = copied,
                 .created_at = created_at,
                 .last_used_at = {}};
}

void note_use(Connection& connection, std::int64_t id, std::uint32_t counter, bool copied, time::Timestamp now) {
  connection.execute("UPDATE passkeys SET counter = :counter, copied = :copied, last_used_at = :now WHERE id = :id",
                     counter, copied, now, id);
}

bool delete_passkey(Connection& connection, UserId user, std::int64_t id) {
  return connection.execute("DELETE FROM passkeys WHERE id = :id AND user_id = :user_id", id, user) == 1;
}

std::string handle_of(Connection& connection, UserId user) {
  const auto find = [&] {
    return connection.one<std::string>("SELECT handle FROM passkey_users WHERE user_id = :user_id", user);
  };
  if (auto known = find()) return std::get<0>(std::move(*known));
  try {
    auto handle = sessions::new_opaque_token();
    connection.execute("INSERT INTO passkey_users (user_id, handle) VALUES (:user_id, :handle)", user, handle);
    return handle;
  } catch (const storage::DuplicateKey&) {
    return std::get<0>(find().value());  // another tab was faster
  }
}

void add_challenge(Connection& connection, std::string_view challenge, std::optional<UserId> user,
                   time::Timestamp expires_at) {
  connection.execute("INSERT INTO passkey_challenges (hash, user_id, expires_at) VALUES (:hash, :user_id, :expires_at)",
                     challenge, user, expires_at);
}

bool use_challenge(Connection& connection, std::string_view challenge, std::optional<UserId> user,
                   time::Timestamp now) {
  // One that ends later than any does was made by a clock that ran ahead.
  return connection.execute(
             "DELETE FROM passkey_challenges WHERE hash = :hash AND COALESCE(user_id, 0) = :user_id AND expires_at > "
             ":now AND expires_at <= :latest",
             challenge, user.value_or(UserId{0}), now, now + kChallengeLife + kClocksDiffer) == 1;
}

void delete_all_of(Connection& connection, UserId user) {
  connection.execute(kDeleteOf.on(connection), user);
  connection.execute(kDeleteChallengesOf.on(connection), user);
  connection.execute("DELETE FROM passkey_users WHERE user_id = :user_id", user);
}

std::int64_t delete_challenges_ended_within(Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kEnded, span, limit);
}

}  // namespace dontgoback::core::passkeys
