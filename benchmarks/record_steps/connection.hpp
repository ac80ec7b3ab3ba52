#pragma once

#include <nghttp2/nghttp2.h>

#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "traffic.hpp"

namespace record_steps {

using Clock = std::chrono::steady_clock;

/// What came of the calls or messages of all connections.
struct Outcome {
  std::vector<std::uint32_t> microseconds;  ///< of those answered
  std::uint64_t failed = 0;
  std::uint64_t streams_answered = 0;  ///< of those that stay open: that had something to say
};

/// A connection over libnghttp2 that has so many messages under way at a time: each on a stream of its own, or on one
/// of the streams that it keeps open.
class Connection {
 public:
  /// Throws where nobody listens. `open_streams`: of those that stay open, one of each next walker.
  Connection(Traffic& traffic, Outcome& outcome, int port, int under_way, int open_streams);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  int socket() const { return socket_; }
  /// Takes what came, and sends what follows from it. Throws when the connection is over.
  void read();

 private:
  struct Stream {
    Walker* walker = nullptr;
    std::string body;  // what is being sent, or was
    std::size_t sent = 0;
    Clock::time_point began;
    bool waiting = false;  // for an answer
    bool ok = false;
    bool has_answered = false;
    std::size_t answer_left = 0;  // of a message that is being received
    std::string answer_head;
  };

  bool stays_open() const { return looks() || traffic_.settings().kind == Kind::streams; }
  bool looks() const { return traffic_.settings().kind == Kind::boards; }
  bool open(Walker& walker);
  /// Another message goes out, on the stream that has waited longest or on a new one.
  bool go_on();
  void answered(Stream& stream);
  void received(std::int32_t id, Stream& stream, const std::uint8_t* bytes, std::size_t size);
  void ended(std::int32_t id);
  void write();

  static ssize_t give(nghttp2_session*, std::int32_t id, std::uint8_t* to, std::size_t space, std::uint32_t* flags,
                      nghttp2_data_source*, void* self);
  static int on_header(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t name_size,
                       const std::uint8_t* value, std::size_t value_size, std::uint8_t, void* self);
  static int on_data(nghttp2_session*, std::uint8_t, std::int32_t id, const std::uint8_t* bytes, std::size_t size,
                     void* self);
  static int on_close(nghttp2_session*, std::int32_t id, std::uint32_t, void* self);

  Traffic& traffic_;
  Outcome& outcome_;
  int socket_ = -1;
  nghttp2_session* session_ = nullptr;
  std::unordered_map<std::int32_t, Stream> streams_;
  std::deque<std::int32_t> idle_;  // of those that stay open
  std::string output_;
};

}  // namespace record_steps
