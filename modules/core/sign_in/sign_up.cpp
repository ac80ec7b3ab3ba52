#include "sign_up.hpp"

#include "invitation_store.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr Failure kTooYoung{FailureKind::invalid,
                            {"만 14세 이상만 가입할 수 있습니다.", "Only people of 14 or older can sign up."}};
constexpr Failure kOtherTerms{
    FailureKind::conflict,
    {"약관이 바뀌었습니다. 다시 읽고 동의해 주세요.", "The terms have changed. Please read and accept them again."}};
constexpr Failure kClosed{FailureKind::forbidden, {"지금은 가입을 받지 않습니다.", "Nobody can sign up now."}};
constexpr Failure kNeedsInvitation{FailureKind::forbidden,
                                   {"초대가 있어야 가입할 수 있습니다. 초대가 없거나 더는 쓸 수 없습니다.",
                                    "Signing up needs an invitation. There is none, or it is used up or over."}};

std::optional<UserId> whose(storage::Connection& connection, const Proven& proven) {
  if (proven.person) return holder_of(connection, *proven.person);
  return proven.email ? accounts::find_by_email(connection, *proven.email) : std::nullopt;
}

UserId make_account(storage::Connection& connection, const accounts::LifeCycle& life_cycle, const Proven& proven,
                    std::string_view terms, time::Timestamp now, time::Day today) {
  // A person whose address is another account's has that as another way in, or is somebody else by now. An address that
  // is the only way in is not given up: an account without one would be nobody's.
  const bool taken = proven.person && proven.email && accounts::find_by_email(connection, *proven.email);
  const auto user = life_cycle.create(connection, {http::Role::user, taken ? std::nullopt : proven.email, now, today});
  if (proven.person &&
      link_identity(connection, user, *proven.person, proven.way, proven.token, now) != Linking::done) {
    throw storage::DuplicateKey("the person is somebody's by now");
  }
  add_consent(connection, user, terms, now);
  return user;
}

}  // namespace

std::optional<PendingSignUp> pending_sign_up(storage::Database& database, std::string_view token, time::Timestamp now) {
  if (!sessions::is_opaque_token(token)) return std::nullopt;
  return database.read(
      [&](storage::Connection& connection) { return find_sign_up(connection, sessions::stored_form(token), now); });
}

Result<sessions::SignedIn> finish_sign_up(storage::Database& database, const accounts::LifeCycle& life_cycle,
                                          SignUp sign_up, std::string_view token, const SignUpAnswers& answers,
                                          const Visitor& visitor, time::Timestamp now, time::Day today) {
  if (!sessions::is_opaque_token(token)) return kNoSignUp;
  if (!answers.age14) return kTooYoung;
  if (answers.terms != kTermsVersion) return kOtherTerms;
  const auto hash = sessions::stored_form(token);

  const auto attempt = [&](storage::Connection& connection) -> Result<sessions::SignedIn> {
    lock_sign_up(connection, hash);
    const auto pending = find_sign_up(connection, hash, now);
    if (!pending) return kNoSignUp;
    auto member = pending->made ? pending->made : whose(connection, pending->proven);
    if (!member) {
      if (sign_up == SignUp::closed) return kClosed;
      if (sign_up == SignUp::invitation && !use_invitation(connection, answers.invitation.value_or(""), now)) {
        return kNeedsInvitation;
      }
      member = make_account(connection, life_cycle, pending->proven, answers.terms, now, today);
      set_made(connection, hash, *member);
    }
    return sign_in_member(connection, life_cycle, *member, visitor, pending->guest, now);
  };
  try {
    return database.write(attempt);
  } catch (const storage::DuplicateKey&) {
    return database.write(attempt);  // the same way in, in another browser: it is somebody's now
  }
}

}  // namespace dontgoback::core::sign_in
