#pragma once

#include <optional>
#include <vector>

#include "dontgoback/id.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/day.hpp"
#include "missed_days.hpp"

// SQL of the days that were refreshed, and of how far missed ones are made up. What writes runs in the caller's
// transaction.
namespace dontgoback::core::assets {

/// Where the book begins, when it is empty: the last day that was refreshed before there was one, as far as accounts
/// tell. Nothing while there is no account, and while their amounts are of days to come: then the clock is behind, or
/// was ahead with no gap to show it.
void begin_book(storage::Connection& connection, time::Day today, time::Timestamp now);
/// The first day in the book.
std::optional<time::Day> first_known_day(storage::Connection& connection);

MissedDays missed_days(storage::Connection& connection, time::Day today);

/// Rows of the day are about to be written; asked for by name when it is yet to come. Days before the book are left
/// out.
void begin_day(storage::Connection& connection, time::Day day, time::Day today, time::Timestamp now);
/// Every account has its row.
void finish_day(storage::Connection& connection, time::Day day, time::Timestamp now);
/// The series are whole from missed.first through missed.through; what is known of later days went on from other
/// amounts.
void finish_make_up(storage::Connection& connection, const MissedDays& missed, time::Timestamp now);
/// Everybody's series begins anew on `first` and is whole until `last`.
void begin_anew(storage::Connection& connection, time::Day first, time::Day last, time::Timestamp now);

bool knows_days_after(storage::Connection& connection, time::Day day);
void forget_days_after(storage::Connection& connection, time::Day day);

/// Up to which account these very days were made up by a run that was cut short; 0: none.
UserId made_up_to(storage::Connection& connection, const MissedDays& missed);
void note_made_up_to(storage::Connection& connection, const MissedDays& missed, UserId user);
void forget_made_up_to(storage::Connection& connection);

}  // namespace dontgoback::core::assets
