#include "dontgoback/http/error.hpp"
#include "settings_store.hpp"
#include "user_handlers.hpp"

namespace dontgoback::core::accounts {
namespace {

constexpr Failure kGuestIsPublic{FailureKind::forbidden,
                                 {"게스트의 프로필은 공개됩니다.", "A guest's profile is public."}};

http::Response answer(const http::Request& request, const Message& message, const Settings& settings) {
  return http::envelope(request, 200, message, [&](json::Writer& writer) { write_settings(writer, settings); });
}

}  // namespace

http::Response get_settings(const Users& users, const http::Request& request) {
  const auto settings = users.database.read(
      [&](storage::Connection& connection) { return find_settings(connection, request.identity.user); });
  if (!settings) throw http::Error(kNoUser);
  return answer(request, {"설정입니다.", "The settings."}, *settings);
}

http::Response change_settings(const Users& users, const http::Request& request) {
  const auto id = request.identity.user;
  const auto settings = users.database.write([&](storage::Connection& connection) {
    lock_account(connection, id);  // of two changes at once none undoes the other
    const auto before = find_settings(connection, id);
    const auto account = find_standing(connection, id);
    if (!before || !account) throw http::Error(kNoUser);
    const auto after = http::unwrap(with_changes(*before, request.body));
    if (account->role == http::Role::guest && after.profile != Visibility::everybody) {
      throw http::Error(kGuestIsPublic);
    }
    if (after != *before) update_settings(connection, id, after);
    return after;
  });
  return answer(request, {"설정을 저장했습니다.", "The settings were saved."}, settings);
}

}  // namespace dontgoback::core::accounts
