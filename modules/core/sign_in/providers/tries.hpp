#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/id.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "sign_in/links.hpp"
#include "sign_in/providers/messages.hpp"

// Ways to a provider and back: rows of `sign_in_tries`. Everything runs in the caller's transaction.
namespace dontgoback::core::sign_in {

inline constexpr std::chrono::minutes kTryLife{10};

struct Try {
  std::string provider;
  std::optional<UserId> guest{};    ///< whose posts come along
  std::optional<UserId> link_to{};  ///< the member who wants another way in; nothing: a sign-in
  std::optional<std::string> code{};
  /// Of who wants to walk, and no session of an account: what the page that sent them knows the way by.
  std::optional<std::string> walk_mark{};
};

void add_try(storage::Connection& connection, const Hop& hop, const Try& made, time::Timestamp now);
/// Nothing for one that was used, has ended, is another browser's or another provider's.
std::optional<Try> find_try(storage::Connection& connection, const Hop& hop, std::string_view provider,
                            time::Timestamp now);
/// Keeps the code that a form brought. False: there is one already, or the try was used.
bool keep_code(storage::Connection& connection, const Hop& hop, std::string_view code);
/// True for the one caller that uses it.
bool use_try(storage::Connection& connection, const Hop& hop, time::Timestamp now);
/// Where it led, of a try that was used and ended well, at most 32 characters.
void set_outcome(storage::Connection& connection, const Hop& hop, std::string_view location);
/// Nothing for one that did not end well, is another browser's, or whose time is over.
std::optional<std::string> find_outcome(storage::Connection& connection, const Hop& hop, std::string_view provider,
                                        time::Timestamp now);

/// Those by which the account would have got another way in.
void delete_tries_of(storage::Connection& connection, UserId user);
/// As expiry::RemoveSlice says.
std::int64_t delete_tries_ended_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::core::sign_in
