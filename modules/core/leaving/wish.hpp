#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "accounts/accounts.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::core::leaving {

/// What a member wants. The number is the column's.
enum class Wish { deactivate = 0, close = 1 };

/// `INACTIVE` or `CLOSE`, as in JSON.
std::optional<Wish> read_wish(std::string_view word);
std::string_view word_of(Wish wish);

/// The path of its link.
std::string_view path_of(Wish wish);

/// What becomes of the account.
accounts::AccountStatus status_of(Wish wish);
/// The reason in its history.
std::string_view reason_of(Wish wish);

/// What a wish does to an account of that status.
enum class Effect {
  none,     ///< it may not be
  changes,  ///< becomes status_of
  stays,    ///< is so already
};
Effect effect_of(Wish wish, accounts::AccountStatus status);

/// The last day on which signing in undoes what was done at `since`.
time::Day last_day(time::Timestamp since, const time::Zone& zone);

/// `/login?status=close-success&until=2026-12-11`; without a day `/login?status=close-fail`.
std::string sign_in_page(Wish wish, std::optional<time::Day> until);

}  // namespace dontgoback::core::leaving
