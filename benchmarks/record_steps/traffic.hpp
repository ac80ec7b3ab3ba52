#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Whose calls they are, and what they say.
namespace record_steps {

/// What is asked of the server.
enum class Kind {
  steps,    ///< a unary `RecordSteps` each
  health,   ///< gRPC's own health check, which does nothing
  message,  ///< a stream of walk.v1 each, with one message
  streams,  ///< streams of walk.v1 that stay open, one of each walker, with many messages
  boards,   ///< boards that are looked at: nothing is said but once, and all that comes is counted
};
enum class Order { as_made, random };

struct Settings {
  Kind kind = Kind::steps;
  Order order = Order::as_made;
  int updates = 1;  ///< of a message of walk.v1
};

struct Walker {
  std::string uuid, bearer;
  std::int32_t total = 0;
  std::int64_t version = 0;
};

class Traffic {
 public:
  /// A line `UUID TOKEN` of each walker. Throws where there are none.
  Traffic(const Settings& settings, const std::string& tokens_file);

  const Settings& settings() const { return settings_; }
  std::string_view path() const;
  /// Who calls next: all in turn, or anyone.
  Walker& next();
  /// What that walker says now, in gRPC's frame. Each says more than the last.
  std::string message(Walker& walker);

 private:
  void put_update(std::string& out, Walker& walker, std::int64_t milliseconds);

  const Settings settings_;
  const std::string day_;
  std::vector<Walker> walkers_;
  std::size_t next_ = 0;
  std::uint64_t random_ = 0x9E37'79B9'7F4A'7C15;
};

}  // namespace record_steps
