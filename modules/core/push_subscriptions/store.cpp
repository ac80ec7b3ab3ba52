#include "store.hpp"

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/storage/planned.hpp"

namespace dontgoback::core::push_subscriptions {
namespace {

using storage::args;
using storage::Connection;
using storage::Planned;

/// A row says at most once in so long that it was seen.
constexpr std::chrono::hours kSeenEvery{24};

const Planned kIdsOf("push-subscriptions/of-user",
                     "SELECT id FROM push_subscriptions {push_subscriptions_by_user} WHERE user_id = :user_id ORDER BY "
                     "seen_at DESC, id DESC");
const Planned kSubscribed("push-subscriptions/users",
                          "SELECT DISTINCT user_id FROM push_subscriptions {push_subscriptions_by_user} WHERE user_id "
                          "> :after ORDER BY user_id LIMIT :limit");
const Planned kRemoveOfSession("push-subscriptions/remove-of-session",
                               "DELETE FROM push_subscriptions {push_subscriptions_by_user} WHERE user_id = :user_id "
                               "AND session_id = :session_id AND digest <> :digest");
const Planned kRemoveAllOf("push-subscriptions/remove-all-of",
                           "DELETE FROM push_subscriptions {push_subscriptions_by_user} WHERE user_id = :user_id");
const Planned kForgetSome("push-told/forget-some",
                          "DELETE FROM push_told {PRIMARY} WHERE user_id = :user_id AND (told_at <= :before OR told_at "
                          "> :now)");
const Planned kForgetAll("push-told/forget-all", "DELETE FROM push_told {PRIMARY} WHERE user_id = :user_id");
const Planned kCountTold("push-told/count", "SELECT COUNT(*) FROM push_told {PRIMARY} WHERE user_id = :user_id");

const expiry::Slices kUnseenOnes("push-subscriptions/purge", "push-subscriptions/purge-bound", "push_subscriptions",
                                 "seen_at", "push_subscriptions_by_seen");
const expiry::Slices kFailingOnes("push-subscriptions/purge-failing", "push-subscriptions/purge-failing-bound",
                                  "push_subscriptions", "failing_since", "push_subscriptions_by_failure");

std::string digest_of(const push::Subscription& subscription) {
  return security::base64url_encode(security::bytes(security::sha256(subscription.endpoint)));
}

}  // namespace

std::optional<Row> find(Connection& connection, std::int64_t id) {
  const auto found = connection.one<UserId, std::int64_t, std::string, std::string, std::string, bool>(
      "SELECT user_id, session_id, endpoint, p256dh, auth, failing_since IS NOT NULL FROM push_subscriptions WHERE id "
      "= :id",
      id);
  if (!found) return std::nullopt;
  const auto& [user, session, endpoint, p256dh, auth, failing] = *found;
  return Row{id, user, session, {endpoint, p256dh, auth}, failing};
}

std::vector<std::int64_t> ids_of(Connection& connection, UserId user) {
  std::vector<std::int64_t> ids;
  connection.each(kIdsOf.on(connection), args(user), [&ids](std::int64_t id) { ids.push_back(id); });
  return ids;
}

std::vector<UserId> subscribed(Connection& connection, UserId after, int limit) {
  std::vector<UserId> users;
  connection.each(kSubscribed.on(connection), args(after, limit), [&users](UserId user) { users.push_back(user); });
  return users;
}

void put(Connection& connection, UserId user, std::int64_t session, const push::Subscription& subscription,
         time::Timestamp now) {
  const auto digest = digest_of(subscription);
  connection.execute(kRemoveOfSession.on(connection), user, session, digest);
  const auto there =
      connection.one<std::int64_t, UserId, std::int64_t, std::string, std::string, bool, time::Timestamp>(
          "SELECT id, user_id, session_id, p256dh, auth, failing_since IS NOT NULL, seen_at FROM push_subscriptions "
          "WHERE digest = :digest",
          digest);
  if (there) {
    const auto& [id, whose, at, p256dh, auth, failing, seen_at] = *there;
    if (whose == user) {
      const bool same = at == session && p256dh == subscription.p256dh && auth == subscription.auth && !failing;
      if (same && seen_at <= now && seen_at > now - kSeenEvery) return;
      connection.execute(
          "UPDATE push_subscriptions SET session_id = :session_id, p256dh = :p256dh, auth = :auth, seen_at = :seen_at, "
          "failing_since = NULL WHERE id = :id",
          session, subscription.p256dh, subscription.auth, now, id);
      return;
    }
    remove(connection, id);  // what waits for whose it was is of no more use
  }
  auto others = ids_of(connection, user);
  for (; others.size() >= kMostOfAnAccount; others.pop_back()) remove(connection, others.back());
  connection.execute(
      "INSERT INTO push_subscriptions (user_id, session_id, digest, endpoint, p256dh, auth, created_at, seen_at) "
      "VALUES "
      "(:user_id, :session_id, :digest, :endpoint, :p256dh, :auth, :created_at, :seen_at)",
      user, session, digest, subscription.endpoint, subscription.p256dh, subscription.auth, now, now);
}

void remove(Connection& connection, std::int64_t id) {
  connection.execute("DELETE FROM push_subscriptions WHERE id = :id", id);
}

void remove_of_session(Connection& connection, UserId user, std::int64_t session) {
  connection.execute(kRemoveOfSession.on(connection), user, session, "");
}

void remove_all_of(Connection& connection, UserId user) { connection.execute(kRemoveAllOf.on(connection), user); }

void set_failing(Connection& connection, std::int64_t id, std::optional<time::Timestamp> since) {
  connection.execute("UPDATE push_subscriptions SET failing_since = :since WHERE id = :id", since, id);
}

bool may_tell(Connection& connection, UserId user, std::string_view thing, time::Timestamp now) {
  connection.execute(kForgetSome.on(connection), user, now - kPause, now);
  const auto told = connection.one<std::int64_t>(kCountTold.on(connection), user);
  if (told && std::get<0>(*told) >= kMostInPause) return false;
  try {
    connection.execute("INSERT INTO push_told (user_id, thing, told_at) VALUES (:user_id, :thing, :told_at)", user,
                       thing, now);
  } catch (const storage::DuplicateKey&) {
    return false;
  }
  return true;
}

void forget_told(Connection& connection, UserId user) { connection.execute(kForgetAll.on(connection), user); }

std::int64_t delete_unseen_within(Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kUnseenOnes, span, limit);
}

std::int64_t delete_failing_within(Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kFailingOnes, span, limit);
}

}  // namespace dontgoback::core::push_subscriptions
