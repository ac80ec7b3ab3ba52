#include "sign_in/hand_over/hand_over_store.hpp"

#include "expiry/expiry.hpp"
#include "sign_in/hand_over/hand_over.hpp"

namespace dontgoback::core::sign_in {
namespace {

/// It may have been shown by another machine. One that ends later was shown by a clock that ran ahead.
constexpr std::chrono::minutes kClocksDiffer{1};

const expiry::Slices kEnded("hand-overs/purge", "hand-overs/purge-bound", "hand_overs", "expires_at",
                            "hand_overs_by_expiry");
const storage::Planned kDeleteOf("hand-overs/delete-all-of",
                                 "DELETE FROM hand_overs {hand_overs_by_user} WHERE user_id = :user_id");

std::string select_where(std::string_view column) {
  return "SELECT id, session_id, claim_hash, device, address, confirmed_at, made_session, made_at FROM hand_overs "
         "WHERE " +
         std::string(column) + " = :key AND expires_at > :now AND expires_at <= :latest";
}

template <class Key>
std::optional<HandOver> find(storage::Connection& connection, const std::string& sql, const Key& key,
                             time::Timestamp now) {
  using Text = std::optional<std::string>;
  using Moment = std::optional<time::Timestamp>;
  std::optional<HandOver> found;
  connection.each(sql, storage::args(key, now, now + kHandOverLife + kClocksDiffer),
                  [&](std::int64_t id, std::int64_t session, Text claim, Text device, Text address, Moment confirmed_at,
                      std::optional<std::int64_t> made_session, Moment made_at) {
                    found = HandOver{
                        id,           session, claim.has_value(), std::move(device), std::move(address), confirmed_at,
                        made_session, made_at};
                  });
  return found;
}

}  // namespace

std::optional<std::int64_t> add_hand_over(storage::Connection& connection, const http::Identity& holder,
                                          std::string_view code, time::Timestamp now) {
  delete_hand_over(connection, holder.session);
  connection.execute("DELETE FROM hand_overs WHERE code_hash = :code AND expires_at <= :now", code, now);
  try {
    connection.execute(
        "INSERT INTO hand_overs (session_id, user_id, code_hash, expires_at) VALUES (:session, :user_id, :code, :ends)",
        holder.session, holder.user, code, now + kHandOverLife);
  } catch (const storage::DuplicateKey&) {
    return std::nullopt;
  }
  return connection.last_insert_id();
}

bool delete_hand_over(storage::Connection& connection, std::int64_t session) {
  return connection.execute("DELETE FROM hand_overs WHERE session_id = :session", session) == 1;
}

void delete_hand_overs_of(storage::Connection& connection, UserId user) {
  connection.execute(kDeleteOf.on(connection), user);
}

std::optional<HandOver> find_by_session(storage::Connection& connection, std::int64_t session, time::Timestamp now) {
  static const auto kSql = select_where("session_id");
  return find(connection, kSql, session, now);
}

std::optional<HandOver> find_by_code(storage::Connection& connection, std::string_view code, time::Timestamp now) {
  static const auto kSql = select_where("code_hash");
  return find(connection, kSql, code, now);
}

std::optional<HandOver> find_by_claim(storage::Connection& connection, std::string_view claim, time::Timestamp now) {
  static const auto kSql = select_where("claim_hash");
  return find(connection, kSql, claim, now);
}

bool claim_hand_over(storage::Connection& connection, std::int64_t id, std::string_view claim,
                     const sessions::Where& where) {
  const auto known = [](const std::string& text) {
    return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
  };
  return connection.execute(
             "UPDATE hand_overs SET claim_hash = :claim, device = :device, address = :address WHERE id = :id AND "
             "claim_hash IS NULL",
             claim, known(where.device), known(where.address), id) == 1;
}

void confirm_hand_over(storage::Connection& connection, std::int64_t id, time::Timestamp now) {
  connection.execute(
      "UPDATE hand_overs SET confirmed_at = :now, expires_at = :ends WHERE id = :id AND claim_hash IS NOT NULL AND "
      "confirmed_at IS NULL",
      now, now + kHandOverLife, id);
}

void lock_claim(storage::Connection& connection, std::string_view claim) {
  connection.execute("UPDATE hand_overs SET expires_at = expires_at WHERE claim_hash = :claim", claim);
}

void set_made(storage::Connection& connection, std::int64_t id, std::int64_t session, time::Timestamp now) {
  connection.execute("UPDATE hand_overs SET made_session = :session, made_at = :now WHERE id = :id", session, now, id);
}

std::int64_t delete_hand_overs_ended_within(storage::Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kEnded, span, limit);
}

}  // namespace dontgoback::core::sign_in
