#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "wish.hpp"

// Rows of `leave_links`. Tokens come as their stored form.
namespace dontgoback::core::leaving {

struct Link {
  UserId user;
  Wish wish;
  std::optional<time::Timestamp> used_at;
  time::Timestamp expires_at;
};

void add_link(storage::Connection& connection, std::string_view token, const Link& link);
std::optional<Link> find_link(storage::Connection& connection, std::string_view token);
void use_link(storage::Connection& connection, std::string_view token, time::Timestamp now);
/// Those of an account, 1000 at most.
std::vector<Link> links_of(storage::Connection& connection, UserId user);
void delete_links_of(storage::Connection& connection, UserId user);
/// As expiry::RemoveSlice says.
std::int64_t delete_links_ended_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::core::leaving
