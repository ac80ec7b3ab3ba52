#pragma once

#include <span>

#include "accounts/accounts.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::core::notifications {

/// A moment, and what it is of the service's day.
struct Moment {
  time::Timestamp now;
  time::Day day;
  accounts::MinuteOfDay minute;
};
Moment moment_of(const time::Clock& clock, const time::Zone& zone);

/// Gives accounts rows of their own of what was said to everybody, and of how their day moved where they want to know
/// and it is time: nobody has these who does not look for news, so that a word to a million costs a row. Reads, and
/// writes only where there is something. Throws as `Database::write` does.
void catch_up(storage::Database& database, std::span<const UserId> users, const Moment& moment);

}  // namespace dontgoback::core::notifications
