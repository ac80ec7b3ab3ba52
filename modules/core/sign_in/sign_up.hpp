#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "arrival.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/day.hpp"
#include "sign_up_store.hpp"

// How somebody who has proved a way in that is nobody's makes an account of it.
namespace dontgoback::core::sign_in {

/// The terms that members accept: a date, which changes with their text.
inline constexpr std::string_view kTermsVersion = "2026-11-27";

inline constexpr Failure kNoSignUp{
    FailureKind::not_found,
    {"가입을 진행할 수 없습니다. 다시 로그인해 주세요.", "There is nothing to sign up with. Please sign in again."}};

/// What the new member says.
struct SignUpAnswers {
  bool age14;         ///< 14 or older
  std::string terms;  ///< the version that is accepted
  std::optional<std::string> invitation;
};

/// The sign-up that a browser's token is of, unless its time is over.
std::optional<PendingSignUp> pending_sign_up(storage::Database& database, std::string_view token, time::Timestamp now);

/// Makes the account and its first session; what a guest wrote comes along when that was asked for. Again with the same
/// token: another session of that account, because the first answer may be lost. The same for an account that somebody
/// made of the same way in meanwhile. not_found without a sign-up; invalid below 14; conflict for other terms;
/// forbidden where an invitation is needed and not given, where nobody may sign up any more, and for an account that
/// is suspended by now.
Result<sessions::SignedIn> finish_sign_up(storage::Database& database, const accounts::LifeCycle& life_cycle,
                                          SignUp sign_up, std::string_view token, const SignUpAnswers& answers,
                                          const Visitor& visitor, time::Timestamp now, time::Day today);

}  // namespace dontgoback::core::sign_in
