#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "dontgoback/id.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"

// Rows of `sign_in_links`. Tokens come as their stored form.
namespace dontgoback::core::sign_in {

void add_sign_in_link(storage::Connection& connection, std::string_view token, UserId user, time::Timestamp expires_at);
/// Whose link it is, when it is not expired, and neither used nor used within kLostAnswer by this browser.
std::optional<UserId> holder_of_link(storage::Connection& connection, std::string_view token,
                                     const std::optional<std::string>& browser, time::Timestamp now);
/// Marks the link used, once.
void use_sign_in_link(storage::Connection& connection, std::string_view token,
                      const std::optional<std::string>& browser, time::Timestamp now);

void delete_links_of(storage::Connection& connection, UserId user);
/// As expiry::RemoveSlice says.
std::int64_t delete_links_ended_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::core::sign_in
