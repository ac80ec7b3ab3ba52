#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "shared/redis/address.hpp"
#include "shared/redis/resp.hpp"

namespace dontgoback::shared {

/// One connection to Redis, with or without TLS; lives on its context's one thread. What waits here throws
/// std::runtime_error, in words for an operator, when the connection or its time limit ends; then it is of no more use.
class Wire : public std::enable_shared_from_this<Wire> {
 public:
  using Endpoint = boost::asio::generic::stream_protocol::endpoint;

  /// `tls`: null for none.
  Wire(boost::asio::io_context& context, boost::asio::ssl::context* tls);

  /// What waits after it ends by then, until the next call of this.
  void limit(std::chrono::milliseconds span);
  boost::asio::awaitable<void> connect(const RedisAddress& address, Endpoint endpoint);
  boost::asio::awaitable<void> write(std::string_view bytes);
  boost::asio::awaitable<Reply> reply();
  void close();
  bool closed() const { return closed_; }

 private:
  using Socket = boost::asio::generic::stream_protocol::socket;

  boost::asio::awaitable<void> shake_hands(const RedisAddress& address);
  [[noreturn]] void fail(const std::string& what, boost::system::error_code cause) const;

  Socket socket_;
  std::optional<boost::asio::ssl::stream<Socket&>> tls_;
  boost::asio::steady_timer timer_;
  bool late_ = false;
  bool closed_ = false;
  ReplyReader reader_;
  std::array<char, 8 * 1024> buffer_;
};

}  // namespace dontgoback::shared
