#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "dontgoback/http/response.hpp"

namespace dontgoback::http {

class Connection;

/// A streaming answer between its senders and the connection that writes it.
class ChunkedStream final : public Stream, public std::enable_shared_from_this<ChunkedStream> {
 public:
  static constexpr std::size_t kMostBehind = 64 * 1024;

  explicit ChunkedStream(Connection& connection) : connection_(&connection) {}

  bool send(std::string chunk) override;
  void close() override;
  bool open() const override;

  // For the connection, on its thread.
  enum class State { waiting, ready, ended, cut };
  /// Takes what is queued; the former content of `bytes` has been written.
  State take(std::string& bytes);
  /// The connection has ended: from here on the stream only says so.
  void detach();

 private:
  void wake();

  mutable std::mutex mutex_;
  Connection* connection_;  // null: gone
  std::string pending_;
  std::size_t writing_ = 0;
  bool woken_ = false;
  bool closed_ = false;
  bool cut_ = false;
};

}  // namespace dontgoback::http
