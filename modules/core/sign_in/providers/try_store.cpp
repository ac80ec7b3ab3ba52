#include "dontgoback/storage/planned.hpp"
#include "expiry/expiry.hpp"
#include "sign_in/providers/tries.hpp"

namespace dontgoback::core::sign_in {
namespace {

/// The way back may end at another node.
constexpr std::chrono::minutes kClocksDiffer{1};

const expiry::Slices kEndedTries("sign-in-tries/purge", "sign-in-tries/purge-bound", "sign_in_tries", "expires_at",
                                 "sign_in_tries_by_expiry");
const storage::Planned kDeleteOf("sign-in-tries/delete-all-of",
                                 "DELETE FROM sign_in_tries {sign_in_tries_by_member} WHERE link_to = :user_id");

}  // namespace

void add_try(storage::Connection& connection, const Hop& hop, const Try& made, time::Timestamp now) {
  connection.execute(
      "INSERT INTO sign_in_tries (state_hash, browser_hash, provider, guest_id, link_to, walk_mark, "
      "expires_at) VALUES (:state, :browser, :provider, :guest, :link_to, :walk_mark, :expires_at)",
      sessions::stored_form(hop.state), sessions::stored_form(hop.browser), made.provider, made.guest, made.link_to,
      made.walk_mark, now + kTryLife);
}

std::optional<Try> find_try(storage::Connection& connection, const Hop& hop, std::string_view provider,
                            time::Timestamp now) {
  // One that ends later than any does was made by a clock that ran ahead: it would be good for as long.
  const auto row =
      connection
          .one<std::optional<UserId>, std::optional<UserId>, std::optional<std::string>, std::optional<std::string>>(
              "SELECT guest_id, link_to, code, walk_mark FROM sign_in_tries WHERE state_hash = :state AND browser_hash "
              "= :browser "
              "AND provider = :provider AND used_at IS NULL AND expires_at > :now AND expires_at <= :latest",
              sessions::stored_form(hop.state), sessions::stored_form(hop.browser), provider, now,
              now + kTryLife + kClocksDiffer);
  if (!row) return std::nullopt;
  const auto& [guest, link_to, code, walk_mark] = *row;
  return Try{std::string(provider), guest, link_to, code, walk_mark};
}

bool keep_code(storage::Connection& connection, const Hop& hop, std::string_view code) {
  return connection.execute(
             "UPDATE sign_in_tries SET code = :code WHERE state_hash = :state AND used_at IS NULL AND code IS NULL",
             code, sessions::stored_form(hop.state)) == 1;
}

bool use_try(storage::Connection& connection, const Hop& hop, time::Timestamp now) {
  // The code is of no more use to anybody, and of none in a copy.
  return connection.execute(
             "UPDATE sign_in_tries SET used_at = :now, code = NULL WHERE state_hash = :state AND used_at IS NULL", now,
             sessions::stored_form(hop.state)) == 1;
}

void set_outcome(storage::Connection& connection, const Hop& hop, std::string_view location) {
  connection.execute("UPDATE sign_in_tries SET outcome = :outcome WHERE state_hash = :state", location,
                     sessions::stored_form(hop.state));
}

std::optional<std::string> find_outcome(storage::Connection& connection, const Hop& hop, std::string_view provider,
                                        time::Timestamp now) {
  const auto row = connection.one<std::string>(
      "SELECT outcome FROM sign_in_tries WHERE state_hash = :state AND browser_hash = :browser AND provider = "
      ":provider "
      "AND outcome IS NOT NULL AND expires_at > :now",
      sessions::stored_form(hop.state), sessions::stored_form(hop.browser), provider, now);
  if (!row) return std::nullopt;
  return std::get<0>(*row);
}

void delete_tries_of(storage::Connection& connection, UserId user) {
  connection.execute(kDeleteOf.on(connection), user);
}

std::int64_t delete_tries_ended_within(storage::Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kEndedTries, span, limit);
}

}  // namespace dontgoback::core::sign_in
