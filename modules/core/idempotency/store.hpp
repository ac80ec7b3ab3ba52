#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/id.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"

// Rows of `idempotency_keys`.
namespace dontgoback::core::idempotency {

struct KeptAnswer {
  std::string fingerprint;
  int status;
  std::string body;
  time::Timestamp created_at;
};

/// Takes the key for an answer that is still to come. False when it is taken; waits for a transaction that is taking
/// it.
bool claim_key(storage::Connection& connection, UserId user, std::string_view key, std::string_view fingerprint,
               time::Timestamp now);
KeptAnswer find_answer(storage::Connection& connection, UserId user, std::string_view key);
void keep_answer(storage::Connection& connection, UserId user, std::string_view key, int status, std::string_view body);
void drop_key(storage::Connection& connection, UserId user, std::string_view key);
void drop_keys_of(storage::Connection& connection, UserId user);
/// As expiry::RemoveSlice says.
std::int64_t remove_keys_made_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::core::idempotency
