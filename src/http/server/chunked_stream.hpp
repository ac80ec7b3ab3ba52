#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

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

  bool send(std::string chunk) override;
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
  /// Takes what is queued; the former content of `bytes` has been written.
  State take(std::string& bytes);
  /// The connection has ended: from here on the stream only says so.
  void detach();

 private:
  void wake();
  std::size_t behind() const { return pending_.size() + writing_; }
  bool takes_more() const { return connection_ != nullptr && !closed_ && !cut_; }

  const Of of_;
  mutable std::mutex mutex_;
  std::condition_variable taken_;
  Connection* connection_;  // null: gone
  std::string pending_;
  std::size_t writing_ = 0;
  bool woken_ = false;
  bool closed_ = false;
  bool cut_ = false;
};

}  // namespace dontgoback::http
