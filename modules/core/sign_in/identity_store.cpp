#include "identity_store.hpp"

#include "dontgoback/storage/planned.hpp"

namespace dontgoback::core::sign_in {
namespace {

const storage::Planned kOfMember("identities/of-member",
                                 "SELECT id, issuer, subject, provider, linked_at, token FROM identities "
                                 "{identities_by_user} WHERE user_id = :user_id ORDER BY id");
const storage::Planned kMove("identities/move",
                             "UPDATE identities {identities_by_user} SET user_id = :to_id WHERE user_id = :from_id");
const storage::Planned kDeleteOf("identities/delete-all-of",
                                 "DELETE FROM identities {identities_by_user} WHERE user_id = :user_id");

}  // namespace

std::optional<UserId> holder_of(storage::Connection& connection, const Person& person) {
  const auto found = connection.one<UserId>(
      "SELECT user_id FROM identities WHERE issuer = :issuer AND subject = :subject", person.issuer, person.subject);
  if (!found) return std::nullopt;
  return std::get<0>(*found);
}

bool add_identity(storage::Connection& connection, UserId user, const LinkedIdentity& identity) {
  try {
    connection.execute(
        "INSERT INTO identities (issuer, subject, user_id, provider, linked_at, token) "
        "VALUES (:issuer, :subject, :user_id, :provider, :now, :token)",
        identity.person.issuer, identity.person.subject, user, identity.provider, identity.linked_at, identity.token);
    return true;
  } catch (const storage::DuplicateKey&) {
    return false;
  }
}

std::vector<LinkedIdentity> identities_of(storage::Connection& connection, UserId user) {
  std::vector<LinkedIdentity> found;
  connection.each(
      kOfMember.on(connection), storage::args(user),
      [&found](std::int64_t id, std::string issuer, std::string subject, std::string provider, time::Timestamp at,
               std::optional<std::string> token) {
        found.push_back({id, {std::move(issuer), std::move(subject)}, std::move(provider), at, std::move(token)});
      });
  return found;
}

void keep_token(storage::Connection& connection, const Person& person, const std::optional<std::string>& token) {
  if (!token) return;
  connection.execute("UPDATE identities SET token = :token WHERE issuer = :issuer AND subject = :subject", token,
                     person.issuer, person.subject);
}

void delete_identity(storage::Connection& connection, std::int64_t identity) {
  connection.execute("DELETE FROM identities WHERE id = :id", identity);
}

std::optional<ToldIdentity> find_told_identity(storage::Connection& connection, const Person& person) {
  using Moment = std::optional<time::Timestamp>;
  const auto row = connection.one<std::int64_t, UserId, time::Timestamp, Moment, Moment>(
      "SELECT id, user_id, linked_at, consent_told_at, mail_told_at FROM identities WHERE issuer = :issuer AND subject "
      "= :subject",
      person.issuer, person.subject);
  if (!row) return std::nullopt;
  const auto& [id, user, linked_at, consent_told, mail_told] = *row;
  return ToldIdentity{id, user, linked_at, consent_told, mail_told};
}

void set_consent_told(storage::Connection& connection, std::int64_t identity, time::Timestamp at) {
  connection.execute("UPDATE identities SET consent_told_at = :at, token = NULL WHERE id = :id", at, identity);
}

void set_mail_told(storage::Connection& connection, std::int64_t identity, time::Timestamp at) {
  connection.execute("UPDATE identities SET mail_told_at = :at WHERE id = :id", at, identity);
}

void move_identities(storage::Connection& connection, UserId from, UserId to) {
  connection.execute(kMove.on(connection), to, from);
}

void delete_all_identities_of(storage::Connection& connection, UserId user) {
  connection.execute(kDeleteOf.on(connection), user);
}

}  // namespace dontgoback::core::sign_in
