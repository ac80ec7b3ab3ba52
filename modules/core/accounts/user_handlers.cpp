#include "user_handlers.hpp"

#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "user_json.hpp"

namespace dontgoback::core::accounts {
namespace {

constexpr Failure kNoUser{FailureKind::not_found, {"사용자를 찾을 수 없습니다.", "There is no such user."}};

http::Response answer(const http::Request& request, const Account& account, Email email) {
  return http::envelope(200, request.language == http::Language::ko ? "조회되었습니다." : "Found.",
                        [&](json::Writer& writer) { write_user(writer, account, email); });
}

}  // namespace

std::optional<Account> UserHandlers::find(UserId id) const {
  const auto today = zone_->day_of(clock_->now());
  return database_->read([&](storage::Connection& connection) { return find_account(connection, id, today); });
}

http::Response UserHandlers::me(const http::Request& request) const {
  const auto account = find(request.identity.user);
  if (!account) throw http::Error(kNoUser);
  return answer(request, *account, Email::shown);
}

http::Response UserHandlers::one(const http::Request& request) const {
  const UserId id{http::path_id(request, "userId")};
  const auto account = find(id);
  if (!account || is_hidden(account->status)) throw http::Error(kNoUser);
  const auto& asking = request.identity;
  const bool may_see = asking.user == id || asking.role == http::Role::admin;
  return answer(request, *account, may_see ? Email::shown : Email::hidden);
}

}  // namespace dontgoback::core::accounts
