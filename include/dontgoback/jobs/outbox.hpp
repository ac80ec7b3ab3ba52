#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "dontgoback/storage/connection.hpp"

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

  virtual ~Outbox() = default;
  /// Who delivers a topic's messages. Before the node starts.
  virtual void on(std::string_view topic, Deliver deliver) = 0;
  /// Writes a message in the transaction of `connection`. At most 64 KiB of UTF-8.
  virtual void add(storage::Connection& connection, std::string_view topic, std::string_view payload) = 0;
};

}  // namespace dontgoback::jobs
