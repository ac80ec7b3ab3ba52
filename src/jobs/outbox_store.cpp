#include "outbox_store.hpp"

#include "dontgoback/jobs/add_due.hpp"
#include "dontgoback/storage/planned.hpp"

namespace dontgoback::jobs {
namespace {

const storage::Planned kHasDue("outbox/has-due",
                               "SELECT id FROM outbox {outbox_by_due} WHERE topic = :topic AND state = 0 AND next_at "
                               "<= :now LIMIT 1");
// The longest due first, as the index has them: a backlog is not sorted for each fifty.
const storage::Planned kDue("outbox/due",
                            "SELECT id, payload, attempts FROM outbox {outbox_by_due} WHERE topic = :topic AND state = "
                            "0 AND next_at <= :now ORDER BY next_at, id LIMIT 50");
const storage::Planned kList("outbox/list",
                             "SELECT id, state, attempts, next_at, created_at FROM outbox {outbox_by_due} WHERE topic "
                             "= :topic ORDER BY state, next_at, id LIMIT :limit");

const storage::Planned kForget("outbox/forget",
                               "DELETE FROM outbox {outbox_by_subject} WHERE topic = :topic AND subject = :subject");

}  // namespace

// The states of the column: 0 waiting, 1 failed for good. Written out in the texts, so that an index can be used.

void add_message(storage::Connection& connection, std::string_view topic, std::string_view payload,
                 std::string_view subject, time::Timestamp now) {
  connection.execute(
      "INSERT INTO outbox (topic, payload, subject, state, attempts, next_at, created_at) VALUES (:topic, :payload, "
      ":subject, 0, 0, :next_at, :created_at)",
      topic, payload, subject.empty() ? std::nullopt : std::optional(subject), now, now);
}

void add_due(storage::Connection& connection, std::string_view topic, std::string_view payload) {
  add_message(connection, topic, payload, {}, {});
}

std::int64_t forget(storage::Connection& connection, std::string_view topic, std::string_view subject) {
  return connection.execute(kForget.on(connection), topic, subject);
}

bool has_due_message(storage::Connection& connection, std::string_view topic, time::Timestamp now) {
  return connection.one<std::int64_t>(kHasDue.on(connection), topic, now).has_value();
}

std::vector<Message> due_messages(storage::Connection& connection, std::string_view topic, time::Timestamp now) {
  std::vector<Message> messages;
  connection.each(kDue.on(connection), storage::args(topic, now),
                  [&messages](std::int64_t id, std::string_view payload, std::int64_t attempts) {
                    messages.push_back({id, std::string(payload), attempts});
                  });
  return messages;
}

void remove_message(storage::Connection& connection, std::int64_t id) {
  connection.execute("DELETE FROM outbox WHERE id = :id", id);
}

void postpone_message(storage::Connection& connection, std::int64_t id, std::int64_t attempts,
                      time::Timestamp next_at) {
  connection.execute("UPDATE outbox SET attempts = :attempts, next_at = :next_at WHERE id = :id", attempts, next_at,
                     id);
}

void fail_message(storage::Connection& connection, std::int64_t id, std::int64_t attempts) {
  connection.execute("UPDATE outbox SET state = 1, attempts = :attempts WHERE id = :id", attempts, id);
}

void recall_messages(storage::Connection& connection, time::Timestamp now) {
  connection.execute("UPDATE outbox SET next_at = :due WHERE state = 0 AND next_at > :now", now, now);
}

std::vector<Outbox::Entry> list_messages(storage::Connection& connection, std::string_view topic, int limit) {
  std::vector<Outbox::Entry> entries;
  connection.each(kList.on(connection), storage::args(topic, limit),
                  [&entries](std::int64_t id, std::int64_t state, std::int64_t attempts, time::Timestamp next_at,
                             time::Timestamp created_at) {
                    entries.push_back({id, state == 1, attempts, next_at, created_at});
                  });
  return entries;
}

OutboxCounts count_messages(storage::Connection& connection) {
  OutboxCounts counts;
  connection.each(
      "SELECT state, COUNT(*) FROM outbox GROUP BY state", storage::args(),
      [&counts](std::int64_t state, std::int64_t count) { (state == 0 ? counts.waiting : counts.failed) = count; });
  return counts;
}

}  // namespace dontgoback::jobs
