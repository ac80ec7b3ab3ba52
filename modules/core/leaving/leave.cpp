#include "leave.hpp"

#include <algorithm>

#include "closing_store.hpp"
#include "leaving.hpp"

namespace dontgoback::core::leaving {
namespace {

/// The link may have been asked for on another machine. One that ends later was made by a clock that ran ahead.
constexpr std::chrono::minutes kClocksDiffer{1};

bool is_in_time(const Link& link, time::Timestamp now) {
  return link.expires_at > now && link.expires_at <= now + kLinkLife + kClocksDiffer;
}

/// Since when the account is as the wish says.
time::Timestamp since(storage::Connection& connection, UserId user, Wish wish, time::Timestamp otherwise) {
  const auto closing = wish == Wish::close ? find_closing(connection, user) : std::nullopt;
  return closing ? closing->since : otherwise;
}

}  // namespace

std::vector<OwnRequest> own_requests(storage::Connection& connection, UserId user) {
  std::vector<OwnRequest> requests;
  for (const auto& link : links_of(connection, user)) {
    requests.push_back({word_of(link.wish), link.expires_at - kLinkLife, link.used_at});
  }
  std::ranges::sort(requests, {}, &OwnRequest::asked_at);
  return requests;
}

std::string make_link(storage::Connection& connection, UserId user, Wish wish, time::Timestamp now) {
  auto token = sessions::new_opaque_token();
  add_link(connection, sessions::stored_form(token), {user, wish, std::nullopt, now + kLinkLife});
  return token;
}

Standing look_at_link(storage::Connection& connection, std::string_view token, Wish wish, time::Timestamp now) {
  constexpr Standing kNone{Effect::none, {}};
  if (!sessions::is_opaque_token(token)) return kNone;
  const auto link = find_link(connection, sessions::stored_form(token));
  if (!link || link->wish != wish) return kNone;
  const auto account = accounts::find_standing(connection, link->user);
  if (!account) return kNone;
  const auto effect = effect_of(wish, account->status);
  if (link->used_at) {
    if (effect != Effect::stays) return kNone;
    return {effect, since(connection, link->user, wish, *link->used_at)};
  }
  if (!is_in_time(*link, now)) return kNone;
  return {effect, since(connection, link->user, wish, now)};
}

std::optional<time::Timestamp> leave(storage::Connection& connection, const accounts::LifeCycle& life_cycle,
                                     UserId user, Wish wish, time::Timestamp now) {
  accounts::lock_account(connection, user);
  const auto account = accounts::find_standing(connection, user);
  if (!account) return std::nullopt;
  const auto effect = effect_of(wish, account->status);
  if (effect == Effect::none) return std::nullopt;
  if (effect == Effect::changes) life_cycle.set_status(connection, user, status_of(wish), reason_of(wish), now);
  return since(connection, user, wish, now);
}

std::optional<time::Timestamp> leave_by_link(storage::Connection& connection, const accounts::LifeCycle& life_cycle,
                                             std::string_view token, Wish wish, time::Timestamp now) {
  if (!sessions::is_opaque_token(token)) return std::nullopt;
  const auto stored = sessions::stored_form(token);
  const auto link = find_link(connection, stored);
  if (!link) return std::nullopt;
  accounts::lock_account(connection, link->user);  // of two at once the second sees what the first did
  const auto standing = look_at_link(connection, token, wish, now);
  if (standing.effect == Effect::none) return std::nullopt;
  use_link(connection, stored, now);
  if (standing.effect == Effect::stays) return standing.since;
  return leave(connection, life_cycle, link->user, wish, now);
}

}  // namespace dontgoback::core::leaving
