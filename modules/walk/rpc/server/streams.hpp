#pragma once

#include <grpcpp/support/status.h>

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <set>

#include "../rpc.hpp"

namespace dontgoback::walk::rpc {

using Clock = std::chrono::steady_clock;

/// A call that lasts.
class Stream {
 public:
  virtual ~Stream() = default;
  /// Every few seconds: is what it does still wanted, and does its client still read?
  virtual void look(Clock::time_point now) = 0;
  /// Ends it as soon as what is under way is over.
  virtual void end(const grpc::Status& status) = 0;
};

inline constexpr std::size_t kMostStreamsOfWalker = 520;  ///< the first app opens one for each friend
inline constexpr std::chrono::seconds kTokenIsGood{10};   ///< so long a stream that says nothing trusts its token
inline constexpr std::chrono::seconds kAskedAnyway{30};   ///< what nobody told, such as a midnight, is found by then

/// All streams of a server: so many, and of each walker so many. Any thread.
class Streams {
 public:
  /// `client_reads`: Settings.
  Streams(std::size_t most, std::chrono::milliseconds client_reads) : most_(most), client_reads_(client_reads) {}

  /// Whether a write that began then waits for too long.
  bool is_stuck(const std::optional<Clock::time_point>& writes_since, Clock::time_point now) const {
    return writes_since && now - *writes_since > client_reads_;
  }

  /// Why not; nothing when it is one of them now, until `leave`.
  std::optional<grpc::Status> enter(Stream& stream);
  std::optional<grpc::Status> enter_as(WalkerId walker);
  /// `walker`: whose it was, if it came to that.
  void leave(Stream& stream, std::optional<WalkerId> walker);

  void look(Clock::time_point now);
  /// Ends all, and lets no other in.
  void end(const grpc::Status& status);

 private:
  const std::size_t most_;
  const std::chrono::milliseconds client_reads_;
  std::mutex mutex_;
  bool ended_ = false;
  std::set<Stream*> all_;
  std::map<std::int64_t, std::size_t> of_walker_;
};

}  // namespace dontgoback::walk::rpc
