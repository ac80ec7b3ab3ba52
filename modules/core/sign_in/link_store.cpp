#include "link_store.hpp"

#include "expiry/expiry.hpp"
#include "links.hpp"

namespace dontgoback::core::sign_in {
namespace {

/// The command that makes a link may run on another machine.
constexpr std::chrono::minutes kClocksDiffer{1};

const expiry::Slices kEndedLinks("sign-in-links/purge", "sign-in-links/purge-bound", "sign_in_links", "expires_at",
                                 "sign_in_links_by_expiry");
const storage::Planned kDeleteOf("sign-in-links/delete-all-of",
                                 "DELETE FROM sign_in_links {sign_in_links_by_user} WHERE user_id = :user_id");

}  // namespace

void add_sign_in_link(storage::Connection& connection, std::string_view token, UserId user,
                      time::Timestamp expires_at) {
  connection.execute("INSERT INTO sign_in_links (hash, user_id, expires_at) VALUES (:hash, :user_id, :expires_at)",
                     token, user, expires_at);
}

std::optional<UserId> holder_of_link(storage::Connection& connection, std::string_view token,
                                     const std::optional<std::string>& browser, time::Timestamp now) {
  // One that ends later than any link does was made by a clock that ran ahead: it would be good for as long.
  const auto row = connection.one<UserId, std::optional<time::Timestamp>, std::optional<std::string>>(
      "SELECT user_id, used_at, used_by FROM sign_in_links WHERE hash = :hash AND expires_at > :now AND expires_at <= "
      ":latest",
      token, now, now + kLinkLife + kClocksDiffer);
  if (!row) return std::nullopt;
  const auto& [user, used_at, used_by] = *row;
  const bool again = used_at && used_by && used_by == browser && now >= *used_at && now - *used_at <= kLostAnswer;
  if (used_at && !again) return std::nullopt;
  return user;
}

void use_sign_in_link(storage::Connection& connection, std::string_view token,
                      const std::optional<std::string>& browser, time::Timestamp now) {
  connection.execute(
      "UPDATE sign_in_links SET used_at = :now, used_by = :browser WHERE hash = :hash AND used_at IS NULL", now,
      browser, token);
}

void delete_links_of(storage::Connection& connection, UserId user) {
  connection.execute(kDeleteOf.on(connection), user);
}

std::int64_t delete_links_ended_within(storage::Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kEndedLinks, span, limit);
}

}  // namespace dontgoback::core::sign_in
