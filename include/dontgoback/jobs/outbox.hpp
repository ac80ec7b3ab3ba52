#pragma once

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
    retry,  ///< again after 1 s, doubling to 1 h, for three days; then it stays as failed for an operator to see
    drop,   ///< never will be deliverable; logged
  };
  /// Delivers one message. May block. `id` is the same at every try: what receives it can tell a repetition.
  using Deliver = std::function<Delivery(std::int64_t id, std::string_view payload)>;

  /// A message as an operator sees it: without what is in it.
  struct Entry {
    std::int64_t id;
    bool failed;            ///< given up: nobody tries again
    std::int64_t attempts;  ///< so far
    time::Timestamp next_at;
    time::Timestamp created_at;
  };

  virtual ~Outbox() = default;
  /// Who delivers a topic's messages. Before the node starts.
  virtual void on(std::string_view topic, Deliver deliver) = 0;
  /// Writes a message in the transaction of `connection`. At most 64 KiB of UTF-8. `subject`, at most 64 ASCII
  /// characters, is whom or what it is about, for `forget`; "": nobody asks.
  virtual void add(storage::Connection& connection, std::string_view topic, std::string_view payload,
                   std::string_view subject = {}) = 0;
  /// Those of a topic that are there: at most `limit`, what waits before what failed, each by when it is due.
  virtual std::vector<Entry> entries(storage::Connection& connection, std::string_view topic, int limit) = 0;
  /// Whether the node stops: a delivery that waits for somebody gives up then, and is a retry. Any thread.
  virtual bool stopping() const = 0;
};

/// Removes the messages about a subject that were not delivered, failed ones too, in the caller's transaction. One that
/// is being delivered in this moment may arrive. How many there were.
std::int64_t forget(storage::Connection& connection, std::string_view topic, std::string_view subject);

}  // namespace dontgoback::jobs
