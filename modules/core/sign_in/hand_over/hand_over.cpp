#include "sign_in/hand_over/hand_over.hpp"

#include "sign_in/email/email_code.hpp"
#include "sign_in/hand_over/hand_over_store.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr Failure kOver{FailureKind::not_found,
                        {"코드가 끝났습니다. 새 코드를 만들어 주세요.", "The code is over. Please make another one."}};
constexpr Failure kNotTyped{FailureKind::conflict,
                            {"아직 아무도 코드를 입력하지 않았습니다.", "The code was typed nowhere yet."}};
constexpr Failure kNotConfirmed{
    FailureKind::conflict,
    {"로그인된 기기에서 아직 허용하지 않았습니다.", "The device that is signed in has not allowed it yet."}};

std::string stored_hand_over_code(const HandOvers& hand_overs, std::string_view code) {
  return hand_overs.sessions.keyed("hand-over-code|", code);
}

HandOverState state_of(const HandOver& hand_over) {
  if (hand_over.confirmed_at) return HandOverState::confirmed;
  return hand_over.claimed ? HandOverState::claimed : HandOverState::waiting;
}

bool may_be_given(const HandOver& hand_over, time::Timestamp now) {
  return !hand_over.made_at || (now >= *hand_over.made_at && now - *hand_over.made_at <= kGivenAgain);
}

}  // namespace

Result<ShownCode> show_code(const HandOvers& hand_overs, const http::Identity& holder) {
  const auto now = hand_overs.clock.now();
  return hand_overs.database.write([&](storage::Connection& connection) -> Result<ShownCode> {
    if (!accounts::hold_account(connection, holder.user)) return accounts::kNoUser;
    constexpr int kTries = 20;
    for (int i = 0; i < kTries; ++i) {
      auto code = email_code(sessions::new_opaque_token());
      if (const auto id = add_hand_over(connection, holder, stored_hand_over_code(hand_overs, code), now)) {
        return ShownCode{*id, std::move(code), now + kHandOverLife};
      }
    }
    throw Unavailable("no code of a hand-over is free");
  });
}

std::optional<Progress> progress_of(const HandOvers& hand_overs, std::int64_t session) {
  const auto now = hand_overs.clock.now();
  auto found = hand_overs.database.read(
      [&](storage::Connection& connection) { return find_by_session(connection, session, now); });
  if (!found) return std::nullopt;
  return Progress{found->id, state_of(*found), std::move(found->device), std::move(found->address)};
}

Result<Done> confirm(const HandOvers& hand_overs, std::int64_t session, std::int64_t id) {
  const auto now = hand_overs.clock.now();
  return hand_overs.database.write([&](storage::Connection& connection) -> Result<Done> {
    const auto found = find_by_session(connection, session, now);
    if (!found || found->id != id) return kOver;
    confirm_hand_over(connection, id, now);
    const auto after = find_by_session(connection, session, now);
    if (!after) return kOver;
    if (!after->confirmed_at) return kNotTyped;
    return Done{};
  });
}

bool cancel(const HandOvers& hand_overs, std::int64_t session) {
  return hand_overs.database.write(
      [&](storage::Connection& connection) { return delete_hand_over(connection, session); });
}

std::optional<Claim> claim(const HandOvers& hand_overs, std::string_view code, const sessions::Where& where) {
  const auto now = hand_overs.clock.now();
  const auto stored = stored_hand_over_code(hand_overs, typed_code(code));
  auto token = sessions::new_opaque_token();
  const auto hash = sessions::stored_form(token);
  return hand_overs.database.write([&](storage::Connection& connection) -> std::optional<Claim> {
    const auto shown = find_by_code(connection, stored, now);
    if (!shown || shown->claimed) return std::nullopt;
    const auto by = sessions::find_live_session(connection, shown->session);
    if (!by || !claim_hand_over(connection, shown->id, hash, where)) return std::nullopt;
    return Claim{token, by->device};
  });
}

std::optional<HandOverState> state_of_claim(const HandOvers& hand_overs, std::string_view token) {
  if (!sessions::is_opaque_token(token)) return std::nullopt;
  const auto now = hand_overs.clock.now();
  const auto hash = sessions::stored_form(token);
  return hand_overs.database.read([&](storage::Connection& connection) -> std::optional<HandOverState> {
    const auto found = find_by_claim(connection, hash, now);
    if (!found || !may_be_given(*found, now)) return std::nullopt;
    if (!sessions::find_live_session(connection, found->made_session.value_or(found->session))) return std::nullopt;
    return state_of(*found);
  });
}

Result<sessions::SignedIn> finish(const HandOvers& hand_overs, std::string_view token, const Visitor& visitor) {
  if (!sessions::is_opaque_token(token)) return kOver;
  const auto now = hand_overs.clock.now();
  const auto hash = sessions::stored_form(token);
  // The device has the same session again when it asks again: nobody else can make the token of it.
  const auto first_token = sessions::stored_form("hand-over/refresh|" + std::string(token));

  return hand_overs.database.write([&](storage::Connection& connection) -> Result<sessions::SignedIn> {
    const auto asked = find_by_claim(connection, hash, now);
    const auto by = asked ? sessions::find_live_session(connection, asked->session) : std::nullopt;
    if (by) accounts::lock_account(connection, by->holder.user);
    lock_claim(connection, hash);
    const auto found = find_by_claim(connection, hash, now);
    if (!found || !may_be_given(*found, now)) return kOver;
    if (found->made_session) {
      const auto made = sessions::find_live_session(connection, *found->made_session);
      return made ? Result(sessions::SignedIn{made->holder, first_token}) : kOver;
    }
    if (!found->confirmed_at) return kNotConfirmed;
    const auto from = sessions::find_live_session(connection, found->session);
    if (!from) return kOver;

    auto brought = sessions::bring_session(connection, *from, visitor.where, first_token, now);
    set_made(connection, found->id, brought.identity.session, now);
    accounts::touch_account(connection, brought.identity.user, now);
    if (visitor.before.is_account()) sessions::end_session(connection, visitor.before.session, now);
    return brought;
  });
}

}  // namespace dontgoback::core::sign_in
