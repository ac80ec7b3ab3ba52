#include "store.hpp"

#include <vector>

#include "expiry/expiry.hpp"

namespace dontgoback::core::idempotency {
namespace {

const expiry::Slices kOld("idempotency/purge", "idempotency/purge-bound", "idempotency_keys", "created_at",
                          "idempotency_keys_by_age");

const storage::Planned kDropAllOf("idempotency/drop-all-of",
                                  "DELETE FROM idempotency_keys {idempotency_keys_by_number} WHERE user_id = :user_id");
const storage::Planned kOldest(
    "idempotency/oldest",
    "SELECT idempotency_key FROM idempotency_keys {idempotency_keys_by_number} WHERE user_id "
    "= :user_id AND number <= :last LIMIT 100");
const storage::Planned kLastNumber("idempotency/last-number",
                                   "SELECT number FROM idempotency_keys {idempotency_keys_by_number} WHERE user_id = "
                                   ":user_id ORDER BY number DESC LIMIT 1");

/// Each by its key: a range would lock the gap that the account's next one goes to.
void drop_oldest(storage::Connection& connection, UserId user, std::int64_t last) {
  std::vector<std::string> oldest;
  connection.each(kOldest.on(connection), storage::args(user, last),
                  [&oldest](std::string key) { oldest.push_back(std::move(key)); });
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
  const auto last = connection.one<std::int64_t>(kLastNumber.on(connection), user);
  const auto number = (last ? std::get<0>(*last) : 0) + 1;
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

void drop_keys_of(storage::Connection& connection, UserId user) { connection.execute(kDropAllOf.on(connection), user); }

std::int64_t remove_keys_made_within(storage::Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kOld, span, limit);
}

}  // namespace dontgoback::core::idempotency
