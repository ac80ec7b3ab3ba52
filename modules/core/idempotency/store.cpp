#include "store.hpp"

namespace dontgoback::core::idempotency {

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

}  // namespace dontgoback::core::idempotency
