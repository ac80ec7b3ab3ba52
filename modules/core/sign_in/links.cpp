#include "links.hpp"

#include "accounts/accounts.hpp"
#include "link_store.hpp"
#include "sessions/sessions.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr Failure kBadLink{
    FailureKind::invalid, {"로그인 링크가 올바르지 않거나 만료되었습니다.", "The sign-in link is bad or has expired."}};
constexpr Failure kSuspended{FailureKind::forbidden, {"정지된 계정입니다.", "The account is suspended."}};
constexpr Failure kGuest{FailureKind::forbidden,
                         {"게스트는 링크로 로그인할 수 없습니다.", "A guest cannot sign in by a link."}};

/// Nothing for a browser that shows no cookie: for it a link is good once.
std::optional<std::string> stored_browser(const FollowedLink& link) {
  if (!sessions::is_opaque_token(link.browser)) return std::nullopt;
  return sessions::stored_form(link.browser);
}

}  // namespace

Result<std::string> make_link(storage::Database& database, const time::Clock& clock, const std::string& public_url,
                              UserId user) {
  const auto account =
      database.read([&](storage::Connection& connection) { return accounts::find_standing(connection, user); });
  if (!account) return accounts::kNoUser;
  if (account->role == http::Role::guest) return kGuest;
  if (account->status == accounts::AccountStatus::suspended) return kSuspended;
  const auto token = sessions::new_opaque_token();
  database.write([&](storage::Connection& connection) {
    add_sign_in_link(connection, sessions::stored_form(token), user, clock.now() + kLinkLife);
  });
  return public_url + "/api/sign-in-link?token=" + token;
}

bool is_good_link(storage::Database& database, const time::Clock& clock, const FollowedLink& link) {
  if (!sessions::is_opaque_token(link.token)) return false;
  const auto stored = sessions::stored_form(link.token);
  return database.read([&](storage::Connection& connection) {
    return holder_of_link(connection, stored, stored_browser(link), clock.now()).has_value();
  });
}

Result<sessions::SignedIn> sign_in_by_link(storage::Database& database, const time::Clock& clock,
                                           const accounts::LifeCycle& life_cycle, const FollowedLink& followed,
                                           const Visitor& visitor, Posts posts) {
  if (!sessions::is_opaque_token(followed.token)) return kBadLink;
  const auto link = sessions::stored_form(followed.token);
  const auto browser = stored_browser(followed);
  const auto now = clock.now();
  const auto guest = guest_of(visitor.before, posts);

  return database.write([&](storage::Connection& connection) -> Result<sessions::SignedIn> {
    const auto member = holder_of_link(connection, link, browser, now);
    if (!member) return kBadLink;
    lock_for_sign_in(connection, *member, guest);
    if (!holder_of_link(connection, link, browser, now)) return kBadLink;  // somebody was faster
    auto signed_in = sign_in_member(connection, life_cycle, *member, visitor, guest, now);
    if (signed_in) use_sign_in_link(connection, link, browser, now);
    return signed_in;
  });
}

}  // namespace dontgoback::core::sign_in
