#pragma once

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
#include "ways_in.hpp"

// Who there is: all that other parts know of accounts.
namespace dontgoback::core::accounts {

/// Whoever is not there, or is as if not.
inline constexpr Failure kNoUser{FailureKind::not_found, {"사용자를 찾을 수 없습니다.", "There is no such user."}};

/// What an account may do: for those who do not ask for its fortune.
struct Standing {
  UserId id;
  http::Role role = http::Role::user;
  AccountStatus status = AccountStatus::active;
};
std::optional<Standing> find_standing(storage::Connection& connection, UserId id);
/// The same of one whose profile others may open: kNoUser when there is none, and when it is hidden.
Result<Standing> find_profile(storage::Connection& connection, UserId id);

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
void add_routes(Host& host, const http::Authenticator& sessions, const Directory& directory);

/// `dontgoback users create | list | suspend | activate`: members by hand, for an operator. Both are to live as long as
/// the commands.
std::vector<Command> commands(const Directory& directory, const LifeCycle& life_cycle);

}  // namespace dontgoback::core::accounts
