#include "store.hpp"

#include "expiry/expiry.hpp"

namespace dontgoback::core::idempotency {
namespace {

const expiry::Slices kOld("idempotency/purge", "idempotency/purge-bound", "idempotency_keys", "created_at",
                          "idempotency_keys_by_age");

}  // namespace

bool claim_key(storage::Connection& connection, UserId user, std::string_view key, std::string_view fingerprint,
               time::Timestamp now) try {
  connection.execute(
      "INSERT INTO idempotency_keys (user_id, idempotency_key, fingerprint, status, body, created_at) "
      "VALUES (:user_id, :key, :fingerprint, 0, '', :now)",
      user, key, fingerprint, now);
  return true;
} catch (const storage::DuplicateKey&) {
  return false;
}

KeptAnswer find_answer(storage::Connection& connection, UserId user, std::string_view key) {
  const auto row = connection.one<std::string, int, std::string, time::Timestamp>(
      "SELECT fingerprint, status, body, created_at FROM idempotency_keys "
      "WHERE user_id = :user_id AND idempotency_key = :key",
      user, key);
  return std::make_from_tuple<KeptAnswer>(row.value());
}

void keep_answer(storage::Connection& connection, UserId user, std::string_view key, int status,
                 std::string_view body) {
  connection.execute(
      "UPDATE idempotency_keys SET status = :status, body = :body WHERE user_id = :user_id AND idempotency_key = :key",
      status, body, user, key);
}

void drop_key(storage::Connection& connection, UserId user, std::string_view key) {
  connection.execute("DELETE FROM idempotency_keys WHERE user_id = :user_id AND idempotency_key = :key", user, key);
}

void drop_keys_of(storage::Connection& connection, UserId user) {
  connection.execute("DELETE FROM idempotency_keys WHERE user_id = :user_id", user);
}

std::int64_t remove_keys_made_within(storage::Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kOld, span, limit);
}

}  // namespace dontgoback::core::idempotency
