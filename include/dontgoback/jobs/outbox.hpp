#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::jobs {

/// Effects outside the database that belong to a transaction: written with their cause, delivered afterwards, at least
/// once, in order of writing within a topic as far as retries allow. Survives a kill.
class Outbox {
 public:
  enum class Delivery {
    done,
    retry,   ///< again after 1 s, doubling to 1 h, for three days; then it has failed
    later,   ///< was not tried: again after a second, or after `after`, and that is no failure
    refuse,  ///< whoever should have it does not take it, and never will
    drop,    ///< is no message, or of no use any more; logged
  };
  struct Outcome {
    Outcome(Delivery delivery_is, std::string answer_is = {})  // NOLINT: mostly there is nothing to add
        : delivery(delivery_is), answer(std::move(answer_is)) {}
    Delivery delivery;
    std::string answer;             ///< why it was not done, a line for an operator: at most 200 bytes are kept
    std::chrono::seconds after{0};  ///< of what is delivered again: not before so long, an hour at most
  };
  /// Delivers one message. May block. `id` is the same at every try: what receives it can tell a repetition.
  using Deliver = std::function<Outcome(std::int64_t id, std::string_view payload)>;

  /// As the column has them. What failed or was refused is tried no more, and stays for an operator to see: without its
  /// payload, and the newest 200 of a topic each.
  enum class State { waiting = 0, failed = 1, refused = 2 };
  /// A message as an operator sees it: without what is in it.
  struct Entry {
    std::int64_t id;
    State state;
    std::int64_t attempts;  ///< so far
    time::Timestamp at;     ///< of the next try, or when it was given up
    time::Timestamp created_at;
    std::string answer;  ///< to the last try that was not done
  };

  virtual ~Outbox() = default;
  /// Who delivers a topic's messages: so many at once, in no order if that is more than one. Before the node starts.
  virtual void on(std::string_view topic, Deliver deliver, std::size_t at_once = 1) = 0;
  /// Writes a message in the transaction of `connection`. At most 64 KiB of UTF-8. `subject`, at most 64 ASCII
  /// characters, is whom or what it is about, for `forget`; "": nobody asks.
  virtual void add(storage::Connection& connection, std::string_view topic, std::string_view payload,
                   std::string_view subject = {}) = 0;
  /// Those of a topic that are there: at most `limit` that wait, by when they are due, and then those that failed and
  /// those that were refused, the newest first.
  virtual std::vector<Entry> entries(storage::Connection& connection, std::string_view topic, int limit) = 0;
  /// How many of a topic wait; counted up to `most`.
  virtual std::int64_t waiting(storage::Connection& connection, std::string_view topic, std::int64_t most) = 0;
  /// Whether the node stops: a delivery that waits for somebody gives up then, and is a retry. Any thread.
  virtual bool stopping() const = 0;
};

/// Removes the messages about a subject that were not delivered, those given up too, in the caller's transaction. One
/// that is being delivered in this moment may arrive. How many there were.
std::int64_t forget(storage::Connection& connection, std::string_view topic, std::string_view subject);

/// Removes the messages about a subject that wait, when there are so many of them or more: what comes next is in place
/// of them. In the caller's transaction.
void forget_waiting(storage::Connection& connection, std::string_view topic, std::string_view subject,
                    std::int64_t so_many);

}  // namespace dontgoback::jobs
