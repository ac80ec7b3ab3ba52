#include "handlers.hpp"

#include "accounts.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "user_json.hpp"

namespace dontgoback::core::accounts {
namespace {

constexpr Failure kNoUser{FailureKind::not_found, {"사용자를 찾을 수 없습니다.", "There is no such user."}};

http::Response answer(const http::Request& request, const Account& account, Email email) {
  return http::envelope(request, 200, {"조회되었습니다.", "Found."},
                        [&](json::Writer& writer) { write_user(writer, account, email); });
}

std::optional<Account> find(const Users& users, UserId id) {
  const auto today = users.zone.day_of(users.clock.now());
  return users.database.read([&](storage::Connection& connection) { return find_account(connection, id, today); });
}

}  // namespace

http::Response get_me(const Users& users, const http::Request& request) {
  const auto account = find(users, request.identity.user);
  if (!account) throw http::Error(kNoUser);
  return answer(request, *account, Email::shown);
}

http::Response get_user(const Users& users, const http::Request& request) {
  const UserId id{http::path_id(request, "userId")};
  const auto account = find(users, id);
  if (!account || is_hidden(account->status)) throw http::Error(kNoUser);
  const auto& asking = request.identity;
  const bool may_see = asking.user == id || asking.role == http::Role::admin;
  return answer(request, *account, may_see ? Email::shown : Email::hidden);
}

}  // namespace dontgoback::core::accounts
