#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "account.hpp"
#include "amounts.hpp"
#include "directory.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/result.hpp"
#include "fragments.hpp"
#include "guests.hpp"
#include "life_cycle.hpp"
#include "name_bands.hpp"
#include "record_store.hpp"
#include "ways_in.hpp"

// Who there is: all that other parts know of accounts.
namespace dontgoback::core::accounts {

/// Whoever is not there, or is as if not.
inline constexpr Failure kNoUser{FailureKind::not_found, {"사용자를 찾을 수 없습니다.", "There is no such user."}};

/// Whose profile is private, to others.
inline constexpr Failure kPrivate{FailureKind::forbidden, {"비공개 프로필입니다.", "This profile is private."}};

/// What an account may do: for those who do not ask for its fortune.
struct Standing {
  UserId id;
  http::Role role = http::Role::user;
  AccountStatus status = AccountStatus::active;
  Visibility profile = Visibility::everybody;
};
std::optional<Standing> find_standing(storage::Connection& connection, UserId id);
/// The same of one that others are told of: kNoUser when there is none, and when it is hidden.
Result<Standing> find_profile(storage::Connection& connection, UserId id);
/// The same of one whose list of posts and whose history `viewer` may see: kPrivate besides, for others than itself,
/// moderators and admins, when its profile is private.
Result<Standing> find_open_profile(storage::Connection& connection, UserId id, const http::Identity& viewer);

/// The language that an account has chosen.
std::optional<http::Language> language_of(storage::Connection& connection, UserId id);

/// Whether the account wants to be told of it; nobody's does not.
bool wants(storage::Connection& connection, UserId id, NotificationKind kind);

/// Whether the account's quiet hours hold, by the service's day: then nothing is pushed to it and nothing sounds; what
/// it is told is listed all the same. False for one that is not there.
bool quiet_now(storage::Connection& connection, UserId id, const time::Zone& zone, time::Timestamp now);
/// How far the service's day has gone, as wall clocks show it but on days on which they are set.
MinuteOfDay minute_of_day(const time::Zone& zone, time::Timestamp now);

/// What an account has chosen for itself; nothing when there is none.
std::optional<Settings> find_settings(storage::Connection& connection, UserId id);

/// The one that was made last; nobody when there is none.
UserId newest_account(storage::Connection& connection);

struct LastSeen {
  UserId id;
  bool has_come;  ///< since the account was made
};
/// The ADMINs who were here last, 100 at most.
std::vector<LastSeen> last_seen_admins(storage::Connection& connection);

/// Whether it has an address, to which a link may be sent.
bool has_email(storage::Connection& connection, UserId id);
/// Where mails to the account go; nothing when it has no address, and when that takes none.
std::optional<std::string> mail_address(storage::Connection& connection, UserId id);
enum class Mail { taken, refused };
/// Whether the account's address takes mails, as who made it for its owner says; nothing to do when it is another one.
void set_mail(storage::Connection& connection, UserId id, std::string_view address, Mail mail);
/// The account's own; nothing when it has none, and when there is no such account.
std::optional<std::string> find_email(storage::Connection& connection, UserId id);
/// As others may see it: up to four characters of the local part and `******`, the first of the domain and `*****`, and
/// the domain's last label if it has several: `abcd******@g*****.com`.
std::string masked_email(std::string_view email);
/// Whose address it is, which is one account's at most; in lower case.
std::optional<UserId> find_by_email(storage::Connection& connection, std::string_view email);

/// A time in which an account that is ACTIVE now was not.
struct Absence {
  UserId user;
  time::Timestamp from;
  time::Timestamp until;
};
/// Those of accounts with ids within (after, last], in order of id.
std::vector<Absence> absences(storage::Connection& connection, UserId after, UserId last);

/// What signed-in people see of accounts; `sessions` tells who is. The directory is to live as long as the router.
void add_routes(Host& host, const http::Authenticator& sessions, const Directory& directory, const AreApart& are_apart);

/// How many sessions of an account go on; another part knows.
using CountSessions = std::function<std::int64_t(storage::Connection&, UserId, time::Timestamp now)>;

/// `dontgoback users create | list | show | promote | suspend | activate`: members by hand, for an operator. Directory
/// and life cycle are to live as long as the commands.
std::vector<Command> commands(const Directory& directory, const LifeCycle& life_cycle, CountSessions count_sessions);

}  // namespace dontgoback::core::accounts
