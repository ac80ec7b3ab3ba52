#include "stop_store.hpp"

#include "expiry/expiry.hpp"

namespace dontgoback::core::moderation {
namespace {

using storage::Connection;

const expiry::Slices kEnded("moderation/purge-stops", "moderation/purge-stops-bound", "writing_stops", "ends_at",
                            "writing_stops_by_end");

}  // namespace

std::optional<WritingStop> find_stop(Connection& connection, UserId user) {
  const auto row =
      connection.one<ActId, time::Timestamp>("SELECT act_id, ends_at FROM writing_stops WHERE user_id = :user", user);
  return row ? std::optional(WritingStop{user, std::get<0>(*row), std::get<1>(*row)}) : std::nullopt;
}

void set_stop(Connection& connection, const WritingStop& stop) {
  drop_stop(connection, stop.user);
  connection.execute("INSERT INTO writing_stops (user_id, act_id, ends_at) VALUES (:user, :act, :ends_at)", stop.user,
                     stop.act, stop.ends_at);
}

void drop_stop(Connection& connection, UserId user) {
  connection.execute("DELETE FROM writing_stops WHERE user_id = :user", user);
}

void drop_stop_for(Connection& connection, UserId user, ActId act) {
  connection.execute("DELETE FROM writing_stops WHERE user_id = :user AND act_id = :act", user, act);
}

void hand_over_stop(Connection& connection, UserId from, UserId to) {
  const auto stop = find_stop(connection, from);
  if (!stop) return;
  if (!find_stop(connection, to)) set_stop(connection, {to, stop->act, stop->ends_at});
  drop_stop(connection, from);
}

std::int64_t delete_stops_ended_within(Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kEnded, span, limit);
}

}  // namespace dontgoback::core::moderation
