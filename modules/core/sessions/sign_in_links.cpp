#include "sign_in_links.hpp"

#include "core/accounts.hpp"
#include "session_store.hpp"
#include "sessions.hpp"
#include "sign_in_link_store.hpp"
#include "tokens.hpp"

namespace dontgoback::core {
namespace {

constexpr Failure kBadLink{
    FailureKind::invalid, {"로그인 링크가 올바르지 않거나 만료되었습니다.", "The sign-in link is bad or has expired."}};
constexpr Failure kSuspended{FailureKind::forbidden, {"정지된 계정입니다.", "The account is suspended."}};
constexpr Failure kNoAccount{FailureKind::not_found, {"사용자를 찾을 수 없습니다.", "There is no such account."}};
constexpr Failure kGuest{FailureKind::forbidden,
                         {"게스트는 링크로 로그인할 수 없습니다.", "A guest cannot sign in by a link."}};

}  // namespace

Result<std::string> make_sign_in_link(storage::Database& database, const time::Clock& clock,
                                      const std::string& public_url, UserId user) {
  const auto account = database.read([&](storage::Connection& connection) { return find_standing(connection, user); });
  if (!account) return kNoAccount;
  if (account->role == http::Role::guest) return kGuest;
  if (account->status == AccountStatus::suspended) return kSuspended;
  const auto token = new_opaque_token();
  database.write([&](storage::Connection& connection) {
    add_sign_in_link(connection, stored_form(token), user, clock.now() + kSignInLinkLife);
  });
  return public_url + "/api/sign-in-link?token=" + token;
}

bool SignInLinks::good(std::string_view token) const {
  if (!is_opaque_token(token)) return false;
  return database_.read([&](storage::Connection& connection) {
    return holder_of_link(connection, stored_form(token), clock_.now()).has_value();
  });
}

Result<SignedIn> SignInLinks::sign_in(std::string_view token, const http::Identity& before, Posts posts) {
  if (!is_opaque_token(token)) return kBadLink;
  const auto link = stored_form(token);
  const auto now = clock_.now();
  const bool takes_posts = posts == Posts::keep && before.is_account() && before.role == http::Role::guest;

  return database_.write([&](storage::Connection& connection) -> Result<SignedIn> {
    if (takes_posts) lock_account(connection, before.user);
    const auto user = holder_of_link(connection, link, now);
    if (!user) return kBadLink;
    const auto member = find_standing(connection, *user).value();
    if (member.status == AccountStatus::suspended) return kSuspended;
    if (!use_sign_in_link(connection, link, now)) return kBadLink;

    if (member.status != AccountStatus::active) {
      change_status(connection, member.id, AccountStatus::active, "signed in again", now);
    }
    if (takes_posts) {
      hand_over(connection, before.user, member.id);
    } else if (before.is_account()) {
      end_session(connection, before.session, now);
    }
    touch_account(connection, member.id, now);
    return begin_session(connection, member.id, member.role, now);
  });
}

}  // namespace dontgoback::core
