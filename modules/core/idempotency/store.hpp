#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/id.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"

// Rows of `idempotency_keys`.
namespace dontgoback::core::idempotency {

/// An answer without a text that whoever asks again sends again.
struct SmallAnswer {
  int status = 0;
  std::string body;
  std::optional<std::size_t> text_at;  ///< where in the body the text stood, as JSON
};

struct KeptAnswer {
  std::string fingerprint;
  SmallAnswer answer;
  time::Timestamp created_at;
};

/// Takes the key for an answer that is still to come. False when it is taken; waits for a transaction that is taking
/// it.
bool claim_key(storage::Connection& connection, UserId user, std::string_view key, std::string_view fingerprint,
               time::Timestamp now);
KeptAnswer find_answer(storage::Connection& connection, UserId user, std::string_view key);
/// Drops the account's oldest keys past `most`.
void keep_answer(storage::Connection& connection, UserId user, std::string_view key, const SmallAnswer& answer,
                 std::int64_t most);
void drop_key(storage::Connection& connection, UserId user, std::string_view key);
void drop_keys_of(storage::Connection& connection, UserId user);
/// As expiry::RemoveSlice says.
std::int64_t remove_keys_made_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::core::idempotency
