#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/http/body.hpp"
#include "dontgoback/http/response.hpp"

namespace dontgoback::http {

class Connection;

/// An answer of open end between its senders and the connection that writes it: of events, whose senders never wait, or
/// of a body, whose writer does.
class ChunkedStream final : public Stream, public BodyWriter, public std::enable_shared_from_this<ChunkedStream> {
 public:
  static constexpr std::size_t kMostBehind = 64 * 1024;

  enum class Of { events, body };
  ChunkedStream(Connection& connection, Of what) : of_(what), connection_(&connection) {}

  using Stream::send;
  bool send(SharedText chunk) override;
  void close() override;
  bool open() const override;
  void write(std::string_view bytes) override;

  /// Leaves the answer without its end, for its client to see. Any thread.
  void cut();
  /// Before its end: events may end anywhere, half a body must not look whole. Any thread.
  void end() { is_body() ? cut() : close(); }
  bool is_body() const { return of_ == Of::body; }

  // For the connection, on its thread.
  enum class State { waiting, ready, ended, cut };
  /// What is written at once: all that there is of a body, or one text of events, which other streams send too.
  struct Piece {
    std::string bytes;
    SharedText event;
    std::string_view view() const { return event ? std::string_view(*event) : bytes; }
  };
  /// Takes what is next; the former content of `piece` has been written.
  State take(Piece& piece);
  /// The connection has ended: from here on the stream only says so.
  void detach();

 private:
  void wake();
  std::size_t behind() const { return pending_ + writing_; }
  bool takes_more() const { return connection_ != nullptr && !closed_ && !cut_; }

  const Of of_;
  mutable std::mutex mutex_;
  std::condition_variable taken_;
  Connection* connection_;          // null: gone
  std::string bytes_;               // of a body
  std::vector<SharedText> events_;  // the oldest first
  std::size_t pending_ = 0;         // what is in these
  std::size_t writing_ = 0;
  bool woken_ = false;
  bool closed_ = false;
  bool cut_ = false;
};

}  // namespace dontgoback::http
