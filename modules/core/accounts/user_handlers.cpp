#include "user_handlers.hpp"

#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "user_json.hpp"

namespace dontgoback::core::accounts {
namespace {

constexpr Message kFound{"조회되었습니다.", "Found."};

http::Response answer(const http::Request& request, const Account& account) {
  return http::envelope(request, 200, kFound,
                        [&](json::Writer& writer) { write_user(writer, account, request.identity); });
}

}  // namespace

http::Response me(const Users& users, const http::Request& request) {
  const auto today = users.zone.day_of(users.clock.now());
  const auto account = users.database.read(
      [&](storage::Connection& connection) { return users.directory.find(connection, request.identity.user, today); });
  if (!account) throw http::Error(kNoUser);
  return answer(request, *account);
}

http::Response one(const Users& users, const http::Request& request) {
  const UserId id{http::path_id(request, "userId")};
  const auto today = users.zone.day_of(users.clock.now());
  const auto account = users.database.read([&](storage::Connection& connection) {
    if (users.are_apart(connection, request.identity.user, id)) throw http::Error(kNoUser);
    http::unwrap(find_profile(connection, id));
    return users.directory.find(connection, id, today);
  });
  if (!account) throw http::Error(kNoUser);
  return answer(request, *account);
}

}  // namespace dontgoback::core::accounts
