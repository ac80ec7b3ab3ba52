#include "arrival.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr Failure kSuspended{FailureKind::forbidden, {"정지된 계정입니다.", "The account is suspended."}};

}  // namespace

Result<sessions::SignedIn> sign_in_member(storage::Connection& connection, const accounts::LifeCycle& life_cycle,
                                          UserId member, const http::Identity& before, Posts posts,
                                          time::Timestamp now) {
  const bool takes_posts = posts == Posts::keep && before.is_account() && before.role == http::Role::guest;
  if (takes_posts) accounts::lock_account(connection, before.user);
  accounts::lock_account(connection, member);  // a suspension beside it comes before, or after and ends the session
  const auto standing = accounts::find_standing(connection, member).value();
  if (standing.status == accounts::AccountStatus::suspended) return kSuspended;

  life_cycle.signed_in(connection, member, now);
  if (takes_posts) {
    life_cycle.merge(connection, before.user, member);
  } else if (before.is_account()) {
    sessions::end_session(connection, before.session, now);
  }
  return sessions::begin_session(connection, member, standing.role, now);
}

}  // namespace dontgoback::core::sign_in
