#include "sign_up_store.hpp"

#include "expiry/expiry.hpp"
#include "sign_in.hpp"

namespace dontgoback::core::sign_in {
namespace {

/// The sign-up may have begun on another machine.
constexpr std::chrono::minutes kClocksDiffer{1};

const expiry::Slices kEnded("sign-ups/purge", "sign-ups/purge-bound", "sign_ups", "expires_at", "sign_ups_by_expiry");
const storage::Planned kDeleteOf("sign-ups/delete-all-of",
                                 "DELETE FROM sign_ups {sign_ups_by_user} WHERE user_id = :user_id");

}  // namespace

void add_sign_up(storage::Connection& connection, std::string_view token, const PendingSignUp& sign_up) {
  const auto& proven = sign_up.proven;
  using Text = std::optional<std::string_view>;
  const Text issuer = proven.person ? Text(proven.person->issuer) : std::nullopt;
  const Text subject = proven.person ? Text(proven.person->subject) : std::nullopt;
  connection.execute(
      "INSERT INTO sign_ups (hash, way, issuer, subject, email, token, guest_id, expires_at) "
      "VALUES (:hash, :way, :issuer, :subject, :email, :token, :guest, :expires_at)",
      token, proven.way, issuer, subject, proven.email, proven.token, sign_up.guest, sign_up.expires_at);
}

std::optional<PendingSignUp> find_sign_up(storage::Connection& connection, std::string_view token,
                                          time::Timestamp now) {
  using Text = std::optional<std::string>;
  // One that ends later than any does began by a clock that ran ahead: it would be good for as long.
  const auto row = connection.one<std::string, Text, Text, Text, Text, std::optional<UserId>, time::Timestamp,
                                  std::optional<UserId>>(
      "SELECT way, issuer, subject, email, token, guest_id, expires_at, user_id FROM sign_ups WHERE hash = :hash AND "
      "expires_at > :now AND expires_at <= :latest",
      token, now, now + kSignUpLife + kClocksDiffer);
  if (!row) return std::nullopt;
  const auto& [way, issuer, subject, email, given, guest, expires_at, made] = *row;
  PendingSignUp sign_up{{{}, way, {}, email, given}, guest, expires_at, made};
  if (issuer && subject) sign_up.proven.person = Person{*issuer, *subject};
  return sign_up;
}

void lock_sign_up(storage::Connection& connection, std::string_view token) {
  connection.execute("UPDATE sign_ups SET expires_at = expires_at WHERE hash = :hash", token);
}

void set_made(storage::Connection& connection, std::string_view token, UserId user) {
  connection.execute("UPDATE sign_ups SET user_id = :user_id WHERE hash = :hash", user, token);
}

void add_consent(storage::Connection& connection, UserId user, std::string_view terms, time::Timestamp now) {
  connection.execute("INSERT INTO consents (user_id, age14, terms, accepted_at) VALUES (:user_id, 1, :terms, :now)",
                     user, terms, now);
}

std::optional<Consent> find_consent(storage::Connection& connection, UserId user) {
  const auto found = connection.one<std::string, time::Timestamp>(
      "SELECT terms, accepted_at FROM consents WHERE user_id = :user_id", user);
  if (!found) return std::nullopt;
  return Consent{std::get<0>(*found), std::get<1>(*found)};
}

void delete_sign_ups_of(storage::Connection& connection, UserId user) {
  connection.execute(kDeleteOf.on(connection), user);
  connection.execute("DELETE FROM consents WHERE user_id = :user_id", user);
}

std::int64_t delete_sign_ups_ended_within(storage::Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kEnded, span, limit);
}

}  // namespace dontgoback::core::sign_in
