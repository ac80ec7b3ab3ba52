#pragma once

#include <cstdint>
#include <vector>

#include "dontgoback/security/deny_set.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::auth {

/// The number that grows with every change of clients, keys or denials: what a node that remembers them looks at.
std::int64_t version_of(storage::Connection& connection);
/// Called in every transaction that changes any of them.
void note_change(storage::Connection& connection);

/// In order of kind and value.
std::vector<security::Denial> all_denials(storage::Connection& connection);
/// False: kMaxTokenDenials are there already, and this is about a token.
bool add_denial(storage::Connection& connection, const security::Denial& denial);
std::int64_t remove_ended_denials(storage::Connection& connection, time::Timestamp now);

/// What clients may put on the list; the rest of security::DenySet::kMaxDenials is left to operators.
inline constexpr std::int64_t kMaxTokenDenials = 9'000;

}  // namespace dontgoback::auth
