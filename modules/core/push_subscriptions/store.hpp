#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dontgoback/push/subscription.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "push_subscriptions.hpp"

// Rows of `push_subscriptions`, and of what was told a moment ago.
namespace dontgoback::core::push_subscriptions {

/// A subscription and where it is: one browser's session has one at most.
struct Row {
  std::int64_t id = 0;
  UserId user;
  std::int64_t session = 0;
  push::Subscription subscription;
  bool failing = false;
};
std::optional<Row> find(storage::Connection& connection, std::int64_t id);
std::vector<std::int64_t> ids_of(storage::Connection& connection, UserId user);

/// Of the session, in place of what it had and of whoever had the same endpoint: a browser has one of each. The account
/// is locked.
void put(storage::Connection& connection, UserId user, std::int64_t session, const push::Subscription& subscription,
         time::Timestamp now);
void remove(storage::Connection& connection, std::int64_t id);
/// That of the account's session.
void remove_of_session(storage::Connection& connection, UserId user, std::int64_t session);
void remove_all_of(storage::Connection& connection, UserId user);

void set_failing(storage::Connection& connection, std::int64_t id, std::optional<time::Timestamp> since);

/// Notes that the account is told of it now; false when it was a moment ago, or of too much.
bool may_tell(storage::Connection& connection, UserId user, std::string_view thing, time::Timestamp now);
void forget_told(storage::Connection& connection, UserId user);

/// As expiry::RemoveSlice says.
std::int64_t delete_unseen_within(storage::Connection& connection, const time::Span& span, int limit);
std::int64_t delete_failing_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::core::push_subscriptions
