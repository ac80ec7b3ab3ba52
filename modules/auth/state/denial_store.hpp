#pragma once

#include <cstdint>
#include <vector>

#include "dontgoback/result.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock.hpp"
#include "resource_server/deny_set.hpp"

namespace dontgoback::auth {

/// In order of kind and value.
std::vector<Denial> all_denials(storage::Connection& connection);
/// An operator's denial takes the place of one that is there about the same. False: operators have as many on the list
/// as fit, and it is not there. Verifiers would refuse a longer list and keep their old one.
[[nodiscard]] bool add_denial(storage::Connection& connection, const Denial& denial);
/// A client's denial of one of its tokens. False: it has kMaxDenialsOfClient of them on the list, or all clients
/// together have kMaxTokenDenials.
bool add_token_denial(storage::Connection& connection, std::string_view client, const Denial& denial);
/// Shortens the denial of a client's tokens, where there is one, to those issued until then.
void end_client_denial(storage::Connection& connection, std::string_view client, std::chrono::sys_seconds issued_until);
bool has_ended_denials(storage::Connection& connection, time::Timestamp now);
void remove_denial(storage::Connection& connection, const Denial& denial);
/// Whether a client's tokens are denied that are issued after `latest`.
bool has_denials_beyond(storage::Connection& connection, time::Timestamp latest);
/// Those denials end with tokens issued until `issued_until`, and `ends` when the last of these has.
void shorten_denials(storage::Connection& connection, time::Timestamp latest, time::Timestamp issued_until,
                     time::Timestamp ends);

/// What clients may put on the list; the rest of DenySet::kMaxDenials is left to operators, and the last of
/// that to keys, so that a stolen one can be retired while many clients are taken out.
inline constexpr std::int64_t kMaxTokenDenials = 9'000;
inline constexpr std::int64_t kMaxDenialsOfClient = 1'000;
inline constexpr std::int64_t kMaxClientDenials = 900;
inline constexpr std::int64_t kMaxOperatorDenials = 1'000;
static_assert(kMaxTokenDenials + kMaxOperatorDenials <= DenySet::kMaxDenials);
inline constexpr Failure kDenyListFull{
    FailureKind::unavailable,
    {"폐기 목록이 가득 찼습니다. 잠시 후 다시 시도해 주세요.",
     "the deny-list is full and nothing was done: its entries end within minutes, try again then"}};

}  // namespace dontgoback::auth
