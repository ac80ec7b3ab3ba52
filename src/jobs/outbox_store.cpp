#include "outbox_store.hpp"

#include <algorithm>

#include "dontgoback/jobs/add_due.hpp"
#include "dontgoback/storage/planned.hpp"
#include "dontgoback/text/utf8.hpp"

namespace dontgoback::jobs {
namespace {

const storage::Planned kHasDue("outbox/has-due",
                               "SELECT id FROM outbox {outbox_by_due} WHERE topic = :topic AND state = 0 AND next_at "
                               "<= :now LIMIT 1");
// The longest due first, as the index has them: a backlog is not sorted for each fifty.
const storage::Planned kDue("outbox/due",
                            "SELECT id, payload, attempts FROM outbox {outbox_by_due} WHERE topic = :topic AND state = "
                            "0 AND next_at <= :now ORDER BY next_at, id LIMIT 50");
const storage::Planned kHasWaiting("outbox/has-waiting",
                                   "SELECT id FROM outbox {outbox_by_due} WHERE topic = :topic AND state = 0 LIMIT 1");
const storage::Planned kWaiting("outbox/waiting",
                                "SELECT id, state, attempts, next_at, created_at, answer FROM outbox {outbox_by_due} "
                                "WHERE topic = :topic AND state = 0 ORDER BY next_at, id LIMIT :limit");
const storage::Planned kEnded("outbox/ended",
                              "SELECT id, state, attempts, next_at, created_at, answer FROM outbox {outbox_by_due} "
                              "WHERE topic = :topic AND state = :state ORDER BY next_at DESC, id DESC LIMIT :limit");
const storage::Planned kTooMany("outbox/too-many",
                                "SELECT id FROM outbox {outbox_by_due} WHERE topic = :topic AND state = :state ORDER "
                                "BY next_at DESC, id DESC LIMIT 100 OFFSET :kept");

const storage::Planned kForget("outbox/forget",
                               "DELETE FROM outbox {outbox_by_subject} WHERE topic = :topic AND subject = :subject");
const storage::Planned kCountWaiting("outbox/count-waiting",
                                     "SELECT COUNT(*) FROM (SELECT id FROM outbox {outbox_by_due} WHERE topic = :topic "
                                     "AND state = 0 LIMIT :most) counted");
const storage::Planned kCountAbout("outbox/count-about",
                                   "SELECT COUNT(*) FROM (SELECT id FROM outbox {outbox_by_subject} WHERE topic = "
                                   ":topic AND subject = :subject AND state = 0 LIMIT :most) counted");
const storage::Planned kForgetWaiting("outbox/forget-waiting",
                                      "DELETE FROM outbox {outbox_by_subject} WHERE topic = :topic AND subject = "
                                      ":subject AND state = 0");

constexpr int kEndedKept = 200;
constexpr std::size_t kMaxAnswer = 200;

void list(storage::Connection& connection, std::vector<Outbox::Entry>& entries, storage::Sql sql, const auto& args) {
  connection.each(sql, args,
                  [&entries](std::int64_t id, std::int64_t state, std::int64_t attempts, time::Timestamp at,
                             time::Timestamp created_at, std::string_view answer) {
                    entries.push_back({id, Outbox::State(state), attempts, at, created_at, std::string(answer)});
                  });
}

}  // namespace

// The state that waits is written out in the texts, so that an index can be used.

void add_message(storage::Connection& connection, std::string_view topic, std::string_view payload,
                 std::string_view subject, time::Timestamp now) {
  connection.execute(
      "INSERT INTO outbox (topic, payload, subject, state, attempts, next_at, created_at, answer) VALUES (:topic, "
      ":payload, :subject, 0, 0, :next_at, :created_at, '')",
      topic, payload, subject.empty() ? std::nullopt : std::optional(subject), now, now);
}

void add_due(storage::Connection& connection, std::string_view topic, std::string_view payload) {
  add_message(connection, topic, payload, {}, {});
}

void add_due(storage::Connection& connection, std::string_view topic, std::string_view payload,
             std::string_view subject, time::Timestamp now) {
  add_message(connection, topic, payload, subject, now);
}

std::int64_t forget(storage::Connection& connection, std::string_view topic, std::string_view subject) {
  return connection.execute(kForget.on(connection), topic, subject);
}

void forget_waiting(storage::Connection& connection, std::string_view topic, std::string_view subject,
                    std::int64_t so_many) {
  const auto waiting = connection.one<std::int64_t>(kCountAbout.on(connection), topic, subject, so_many);
  if (std::get<0>(waiting.value()) >= so_many) connection.execute(kForgetWaiting.on(connection), topic, subject);
}

std::int64_t count_waiting(storage::Connection& connection, std::string_view topic, std::int64_t most) {
  return std::get<0>(connection.one<std::int64_t>(kCountWaiting.on(connection), topic, most).value());
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

void postpone_message(storage::Connection& connection, const Attempt& attempt) {
  connection.execute("UPDATE outbox SET attempts = :attempts, next_at = :at, answer = :answer WHERE id = :id",
                     attempt.attempts, attempt.at, text::shortened(attempt.answer, kMaxAnswer), attempt.id);
}

void end_message(storage::Connection& connection, std::string_view topic, const Attempt& attempt, Outbox::State state) {
  connection.execute(
      "UPDATE outbox SET state = :state, payload = '', attempts = :attempts, next_at = :at, answer = :answer WHERE id "
      "= "
      ":id",
      int(state), attempt.attempts, attempt.at, text::shortened(attempt.answer, kMaxAnswer), attempt.id);
  std::vector<std::int64_t> too_many;
  connection.each(kTooMany.on(connection), storage::args(topic, int(state), kEndedKept),
                  [&too_many](std::int64_t id) { too_many.push_back(id); });
  for (const auto id : too_many) remove_message(connection, id);
}

void recall_messages(storage::Connection& connection, time::Timestamp now) {
  connection.execute("UPDATE outbox SET next_at = :due WHERE state = 0 AND next_at > :now", now, now);
}

std::vector<Outbox::Entry> list_messages(storage::Connection& connection, std::string_view topic, int limit) {
  std::vector<Outbox::Entry> entries;
  list(connection, entries, kWaiting.on(connection), storage::args(topic, limit));
  for (const auto state : {Outbox::State::failed, Outbox::State::refused}) {
    list(connection, entries, kEnded.on(connection), storage::args(topic, int(state), kEndedKept));
  }
  return entries;
}

bool has_waiting_message(storage::Connection& connection, std::string_view topic) {
  return connection.one<std::int64_t>(kHasWaiting.on(connection), topic).has_value();
}

OutboxCounts count_messages(storage::Connection& connection) {
  OutboxCounts counts;
  connection.each("SELECT topic, state, COUNT(*), MIN(id) FROM outbox GROUP BY topic, state", storage::args(),
                  [&counts](std::string_view topic, std::int64_t state, std::int64_t count, std::int64_t oldest) {
                    if (Outbox::State(state) == Outbox::State::waiting) {
                      counts.waiting += count;
                      counts.waiting_by_topic.emplace(topic, count);
                      counts.oldest = std::min(counts.oldest.value_or(oldest), oldest);
                    }
                    if (Outbox::State(state) == Outbox::State::failed) counts.failed += count;
                  });
  if (!counts.oldest) return counts;
  const auto added = connection.one<time::Timestamp>("SELECT created_at FROM outbox WHERE id = :id", *counts.oldest);
  if (added && std::get<0>(*added) != time::Timestamp{}) counts.oldest_since = std::get<0>(*added);
  return counts;
}

}  // namespace dontgoback::jobs
