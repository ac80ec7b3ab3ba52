#include "arrival.hpp"

#include "sign_up_store.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr Failure kSuspended{FailureKind::forbidden, {"정지된 계정입니다.", "The account is suspended."}};

bool is_still_there(storage::Connection& connection, std::optional<UserId> guest, const http::Identity& now_here) {
  return guest && (!now_here.is_account() || now_here.user == *guest) && accounts::find_guest(connection, *guest);
}

}  // namespace

Visitor visitor_of(const sessions::Sessions& sessions, const http::Request& request) {
  return {request.identity, sessions.where(request)};
}

std::optional<UserId> guest_of(const http::Identity& asking, Posts posts) {
  const bool keeps = posts == Posts::keep && asking.is_account() && asking.role == http::Role::guest;
  return keeps ? std::optional(asking.user) : std::nullopt;
}

void lock_for_sign_in(storage::Connection& connection, UserId member, std::optional<UserId> guest) {
  if (guest) accounts::lock_account(connection, *guest);
  accounts::lock_account(connection, member);  // a suspension beside it comes before, or after and ends the session
}

Result<sessions::SignedIn> sign_in_member(storage::Connection& connection, const accounts::LifeCycle& life_cycle,
                                          UserId member, const Visitor& visitor, std::optional<UserId> guest,
                                          time::Timestamp now) {
  const auto& before = visitor.before;
  lock_for_sign_in(connection, member, guest);
  const auto standing = accounts::find_standing(connection, member);
  if (!standing || standing->status == accounts::AccountStatus::closed) return accounts::kNoUser;
  if (standing->status == accounts::AccountStatus::suspended) return kSuspended;

  life_cycle.signed_in(connection, member, now);
  if (is_still_there(connection, guest, before)) {
    life_cycle.merge(connection, *guest, member);
  } else if (before.is_account()) {
    sessions::end_session(connection, before.session, now);
  }
  return sessions::begin_session(connection, member, standing->role, visitor.where, now);
}

Arrived arrive(storage::Connection& connection, const accounts::LifeCycle& life_cycle, SignUp sign_up,
               const Proven& proven, const Visitor& visitor, std::optional<UserId> guest, time::Timestamp now) {
  if (proven.member) {
    const auto signed_in = sign_in_member(connection, life_cycle, *proven.member, visitor, guest, now);
    if (signed_in) return {*signed_in, {}, "/"};
    return {{},
            {},
            signed_in.failure().kind == FailureKind::forbidden ? "/login?status=SUSPENDED" : "/login?status=expired"};
  }
  if (sign_up == SignUp::closed) return {{}, {}, "/login?status=sign-up-closed"};
  auto token = sessions::new_opaque_token();
  add_sign_up(connection, sessions::stored_form(token), {proven, guest, now + kSignUpLife, {}});
  return {{}, std::move(token), "/welcome"};
}

}  // namespace dontgoback::core::sign_in
