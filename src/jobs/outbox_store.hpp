#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/jobs/outbox.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock.hpp"

// The SQL of the outbox.
namespace dontgoback::jobs {

struct Message {
  std::int64_t id;
  std::string payload;
  std::int64_t attempts;  ///< so far
};

struct OutboxCounts {
  std::int64_t waiting = 0;
  std::map<std::string, std::int64_t, std::less<>> waiting_by_topic{};
  std::int64_t failed = 0;
  std::optional<std::int64_t> oldest;           ///< the id of the one that waits longest
  std::optional<time::Timestamp> oldest_since;  ///< when that was added, where whoever added it had a clock
};

/// A try that was not done.
struct Attempt {
  std::int64_t id;
  std::int64_t attempts;  ///< with this one
  time::Timestamp at;     ///< the next, or now when there is none
  std::string_view answer;
};

void add_message(storage::Connection& connection, std::string_view topic, std::string_view payload,
                 std::string_view subject, time::Timestamp now);
bool has_due_message(storage::Connection& connection, std::string_view topic, time::Timestamp now);
/// The oldest that are due, at most 50.
std::vector<Message> due_messages(storage::Connection& connection, std::string_view topic, time::Timestamp now);
void remove_message(storage::Connection& connection, std::int64_t id);
void postpone_message(storage::Connection& connection, const Attempt& attempt);
/// It stays, as `state`, without its payload. Of those of its topic and state the newest 200 are kept.
void end_message(storage::Connection& connection, std::string_view topic, const Attempt& attempt, Outbox::State state);
/// What waits for a moment to come is due now: at a start, or when the clock was set, nobody knows what clock that
/// moment was of. It costs a try each.
void recall_messages(storage::Connection& connection, time::Timestamp now);
std::vector<Outbox::Entry> list_messages(storage::Connection& connection, std::string_view topic, int limit);
std::int64_t count_waiting(storage::Connection& connection, std::string_view topic, std::int64_t most);
bool has_waiting_message(storage::Connection& connection, std::string_view topic);
OutboxCounts count_messages(storage::Connection& connection);

}  // namespace dontgoback::jobs
