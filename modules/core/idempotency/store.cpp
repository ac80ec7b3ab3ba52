#include "store.hpp"

#include <vector>

#include "expiry/expiry.hpp"

namespace dontgoback::core::idempotency {

namespace {

/// Each by its key: a range would lock the gap that the account's next one goes to.
void drop_oldest(storage::Connection& connection, UserId user, std::int64_t last) {
  std::vector<std::string> oldest;
  connection.each("SELECT idempotency_key FROM idempotency_keys WHERE user_id = :user_id AND number <= :last LIMIT 100",
                  storage::args(user, last), [&oldest](std::string key) { oldest.push_back(std::move(key)); });
  for (const auto& key : oldest) drop_key(connection, user, key);
}

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
  const auto row = connection.one<std::string, int, std::string, std::optional<std::int64_t>, time::Timestamp>(
      "SELECT fingerprint, status, body, text_at, created_at FROM idempotency_keys "
      "WHERE user_id = :user_id AND idempotency_key = :key",
      user, key);
  auto [fingerprint, status, body, text_at, created_at] = row.value();
  KeptAnswer kept{std::move(fingerprint), {status, std::move(body), std::nullopt}, created_at};
  if (text_at) kept.answer.text_at = static_cast<std::size_t>(*text_at);
  return kept;
}

void keep_answer(storage::Connection& connection, UserId user, std::string_view key, const SmallAnswer& answer,
                 std::int64_t most) {
  const auto last = connection.one<std::optional<std::int64_t>>(
      "SELECT MAX(number) FROM idempotency_keys WHERE user_id = :user_id", user);
  const auto number = (last ? std::get<0>(*last).value_or(0) : 0) + 1;
  const auto text_at = answer.text_at ? std::optional(static_cast<std::int64_t>(*answer.text_at)) : std::nullopt;
  connection.execute(
      "UPDATE idempotency_keys SET status = :status, body = :body, text_at = :text_at, number = :number "
      "WHERE user_id = :user_id AND idempotency_key = :key",
      answer.status, answer.body, text_at, number, user, key);
  if (number > most) drop_oldest(connection, user, number - most);
}

void drop_key(storage::Connection& connection, UserId user, std::string_view key) {
  connection.execute("DELETE FROM idempotency_keys WHERE user_id = :user_id AND idempotency_key = :key", user, key);
}

void drop_keys_of(storage::Connection& connection, UserId user) {
  connection.execute("DELETE FROM idempotency_keys WHERE user_id = :user_id", user);
}

std::int64_t remove_keys_made_within(storage::Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(
      connection,
      "SELECT MAX(created_at) FROM (SELECT created_at FROM idempotency_keys WHERE created_at >= :from_at AND "
      "created_at < :until_at ORDER BY created_at LIMIT :limit) ended",
      "DELETE FROM idempotency_keys WHERE created_at >= :from_at AND created_at <= :bound", span, limit);
}

}  // namespace dontgoback::core::idempotency
