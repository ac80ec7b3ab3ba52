#include "store.hpp"

namespace dontgoback::clock {

std::vector<UnconfirmedSpan> all_spans(storage::Connection& connection) {
  std::vector<UnconfirmedSpan> spans;
  connection.each("SELECT id, from_at, until_at, confirmed_at FROM unconfirmed_spans ORDER BY id", storage::args(),
                  [&spans](std::int64_t id, time::Timestamp from, time::Timestamp until,
                           std::optional<time::Timestamp> confirmed_at) {
                    spans.push_back({id, {from, until}, confirmed_at});
                  });
  return spans;
}

std::int64_t add_span(storage::Connection& connection, time::Span shown) {
  connection.execute("INSERT INTO unconfirmed_spans (from_at, until_at) VALUES (:from_at, :until_at)", shown.from,
                     shown.until);
  return connection.last_insert_id();
}

bool extend_span(storage::Connection& connection, std::int64_t id, time::Span shown) {
  return connection.execute(
             "UPDATE unconfirmed_spans SET from_at = :from_at, until_at = :until_at "
             "WHERE id = :id AND confirmed_at IS NULL",
             shown.from, shown.until, id) == 1;
}

void close_spans(storage::Connection& connection, time::Timestamp confirmed_at) {
  connection.execute("UPDATE unconfirmed_spans SET confirmed_at = :confirmed_at WHERE confirmed_at IS NULL",
                     confirmed_at);
}

void forget_spans(storage::Connection& connection, time::Timestamp before) {
  connection.execute("DELETE FROM unconfirmed_spans WHERE confirmed_at < :closed AND until_at < :shown", before,
                     before);
}

}  // namespace dontgoback::clock
