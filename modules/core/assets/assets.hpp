#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "accounts/accounts.hpp"
#include "dontgoback/backup.hpp"
#include "dontgoback/id.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/ports/asset_source.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"
#include "dontgoback/time/day.hpp"

// What the assets part offers core's other parts and module.cpp.
namespace dontgoback::core::assets {

/// The series of accounts, for signed-in people (whom `sessions` tells), and the refresh that another service (whom
/// `services` tells) may ask for. `source` may be null: nobody knows what becomes of fortunes.
void add_routes(Host& host, const http::Authenticator& sessions, const http::Authenticator& services,
                std::shared_ptr<ports::AssetSource> source);
/// The daily refresh, what makes up missed days, and what is told of everybody's day.
std::vector<jobs::Job> own_jobs(Host& host, const std::shared_ptr<ports::AssetSource>& source);
/// Amounts of accounts are kept twice: what a backup is checked by.
std::vector<backup::Consistency> consistency();

/// The subcommands `assets refresh`, `assets backfill` and `assets show`. `source` is asked when one runs, and may
/// answer null: nobody knows what becomes of fortunes. `directory` is to live as long.
std::vector<Command> commands(const accounts::Directory& directory,
                              std::function<std::shared_ptr<ports::AssetSource>()> source);

struct Backfill {
  int days;                    ///< how many, 1 … kMaxBackfillDays
  time::Day last;              ///< the last of them, usually today
  std::optional<UserId> user;  ///< only this one; else every ACTIVE account
};
inline constexpr int kMaxBackfillDays = 3660;

struct BackfillResult {
  std::int64_t accounts = 0;
  std::int64_t rows = 0;
};

/// Writes past days anew (contract, section 4): on the first day 10 000 000 won and multiplier 1.0, then what `source`
/// makes of the day before. Overwrites those days and makes the last one current. Running it again gives the same rows.
/// `go_on` is asked between slices of accounts; false stops with Unavailable. Throws Unavailable when the source is
/// away: accounts done until then are whole, the others untouched.
BackfillResult backfill(storage::Database& database, ports::AssetSource& source, const time::Clock& clock,
                        const Backfill& what, const std::function<bool()>& go_on);

/// What an account was on a day.
struct OwnDay {
  time::Day day;
  accounts::Fortune fortune;
};
/// At most `limit` days after `after`, ascending: those that are shown as of `today`.
std::vector<OwnDay> own_days(storage::Connection& connection, UserId user, time::Day after, time::Day today, int limit);

/// What accounts is to know of their fortunes of other days.
const accounts::Fortunes& fortunes();
/// An account begins with its first snapshot, and its snapshots go with it.
const accounts::Subscriber& subscriber();

/// Named locks: work that is done once unless it is asked for under a new name.
bool is_done(storage::Connection& connection, std::string_view name);
void mark_done(storage::Connection& connection, std::string_view name, time::Timestamp now);

}  // namespace dontgoback::core::assets
