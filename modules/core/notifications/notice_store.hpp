#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "model.hpp"

// SQL of what is said to everybody, and of how far each account has it.
namespace dontgoback::core::notifications {

struct Notice {
  std::int64_t id;
  std::string words;
  std::optional<std::string> words_en;
  time::Timestamp at;
};
void add_notice(storage::Connection& connection, const Notice& notice, UserId newest_user);

struct Known {
  std::int64_t last_notice = 0;
  std::optional<time::Day> last_day;  ///< whose move it was told last
};
Known find_known(storage::Connection& connection, UserId user);
/// The same of an account that is told something in this transaction: its counter is held, and made where it has none.
Known hold_known(storage::Connection& connection, UserId user);
void keep_known(storage::Connection& connection, UserId user, const Known& known);
/// Those after `last` that the account is told, the oldest first, some dozens at most.
std::vector<Notice> notices_after(storage::Connection& connection, UserId user, std::int64_t last);

/// The one that was said last; nothing: none was.
struct Newest {
  std::int64_t id = 0;
  UserId newest_user;  ///< who came later is not told
};
Newest newest_notice(storage::Connection& connection);

inline constexpr std::size_t kAskedAtOnce = 64;
/// Those of some accounts, at most kAskedAtOnce, that have something coming, or may: what was said to everybody, or how
/// their day moved by that minute of it.
std::vector<UserId> behind_among(storage::Connection& connection, std::span<const UserId> users, const Newest& newest,
                                 time::Day day, accounts::MinuteOfDay minute);

std::int64_t delete_notices_within(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::core::notifications
