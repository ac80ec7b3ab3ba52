#include "arrival.hpp"

#include "sign_up_store.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr Failure kSuspended{FailureKind::forbidden, {"정지된 계정입니다.", "The account is suspended."}};

bool takes_posts(const http::Identity& before, Posts posts) {
  return posts == Posts::keep && before.is_account() && before.role == http::Role::guest;
}

}  // namespace

Visitor visitor_of(const sessions::Sessions& sessions, const http::Request& request) {
  return {request.identity, sessions.where(request)};
}

void lock_for_sign_in(storage::Connection& connection, UserId member, const http::Identity& before, Posts posts) {
  if (takes_posts(before, posts)) accounts::lock_account(connection, before.user);
  accounts::lock_account(connection, member);  // a suspension beside it comes before, or after and ends the session
}

Result<sessions::SignedIn> sign_in_member(storage::Connection& connection, const accounts::LifeCycle& life_cycle,
                                          UserId member, const Visitor& visitor, Posts posts, time::Timestamp now) {
  const auto& before = visitor.before;
  lock_for_sign_in(connection, member, before, posts);
  const auto standing = accounts::find_standing(connection, member);
  if (!standing || standing->status == accounts::AccountStatus::closed) return accounts::kNoUser;
  if (standing->status == accounts::AccountStatus::suspended) return kSuspended;

  life_cycle.signed_in(connection, member, now);
  if (takes_posts(before, posts) && accounts::find_guest(connection, before.user)) {
    life_cycle.merge(connection, before.user, member);
  } else if (before.is_account()) {
    sessions::end_session(connection, before.session, now);
  }
  return sessions::begin_session(connection, member, standing->role, visitor.where, now);
}

Arrived arrive(storage::Connection& connection, const accounts::LifeCycle& life_cycle, SignUp sign_up,
               const Proven& proven, const Visitor& visitor, Posts posts, time::Timestamp now) {
  if (proven.member) {
    const auto signed_in = sign_in_member(connection, life_cycle, *proven.member, visitor, posts, now);
    if (signed_in) return {*signed_in, {}, "/"};
    return {{},
            {},
            signed_in.failure().kind == FailureKind::forbidden ? "/login?status=SUSPENDED" : "/login?status=expired"};
  }
  if (sign_up == SignUp::closed) return {{}, {}, "/login?status=sign-up-closed"};
  auto token = sessions::new_opaque_token();
  add_sign_up(connection, sessions::stored_form(token), {proven, posts, now + kSignUpLife, {}});
  return {{}, std::move(token), "/welcome"};
}

}  // namespace dontgoback::core::sign_in
