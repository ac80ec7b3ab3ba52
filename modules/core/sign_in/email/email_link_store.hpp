#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "sign_in/arrival.hpp"

// Rows of `email_links`. Tokens and codes come as their stored form.
namespace dontgoback::core::sign_in {

struct EmailLink {
  std::string hash;
  std::string browser;
  std::string email;
  std::optional<UserId> guest;
  std::string code;
  int tries_left;                           ///< -1: the code was typed once more than it may be
  std::optional<time::Timestamp> shown_at;  ///< its code, first
  std::optional<time::Timestamp> used_at;   ///< first
  time::Timestamp expires_at;
};

void add_email_link(storage::Connection& connection, const EmailLink& link);
/// When it is not expired.
std::optional<EmailLink> find_email_link(storage::Connection& connection, std::string_view token, time::Timestamp now);
/// Those of a browser that are not expired, the latest first, 100 at most.
std::vector<EmailLink> email_links_of(storage::Connection& connection, std::string_view browser, time::Timestamp now);
/// Holds the link until the transaction ends. To come before what is read of it.
void lock_email_link(storage::Connection& connection, std::string_view token);
void mark_shown(storage::Connection& connection, std::string_view token, time::Timestamp now);
/// Unless it is already.
void mark_used(storage::Connection& connection, std::string_view token, time::Timestamp now);
/// Takes a try of each link of the browser, below 0 once, and holds those that can still be used until the transaction
/// ends.
void take_try(storage::Connection& connection, std::string_view browser, time::Timestamp now);

void delete_email_links_to(storage::Connection& connection, std::string_view email);
/// As expiry::RemoveSlice says.
std::int64_t delete_email_links_ended_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::core::sign_in
