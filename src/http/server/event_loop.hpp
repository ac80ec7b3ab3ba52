#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/intrusive/list.hpp>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "http/server/input_buffer.hpp"
#include "http/server/waiting_line.hpp"

namespace dontgoback::http {

namespace asio = boost::asio;

// Asio with the executor's type known: its type-erased default costs an indirect call and a count for each operation.
using Executor = asio::io_context::executor_type;
// Of the network, or in the file system of this machine.
using Socket = asio::basic_stream_socket<asio::generic::stream_protocol, Executor>;
using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;
template <class T>
using Awaitable = asio::awaitable<T, Executor>;
inline constexpr asio::use_awaitable_t<Executor> kAwait{};

using SteadyTime = std::chrono::steady_clock::time_point;

using InLoop = boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;
class Connection;

/// One I/O thread's world: what lives here is touched by that thread only.
class EventLoop {
 public:
  EventLoop();
  ~EventLoop();

  /// Looks after the time limits every `interval`, as long as the context runs.
  void sweep_every(std::chrono::milliseconds interval);
  /// The `Date` field's value, made once a second (RFC 9110 section 6.6.1).
  std::string_view date();
  /// 16 random hex digits: nothing follows from one about others, not even how many there were.
  void next_request_id(std::string& out);

  using Connections = boost::intrusive::list<Connection, boost::intrusive::base_hook<InLoop>,
                                             boost::intrusive::constant_time_size<false>>;
  BlockPool blocks;
  WaitingLine waiting;
  std::array<char, 4096> sink;  ///< where is read to what nobody looks at
  Connections connections;      // before the context: coroutines it destroys still unlink themselves
  asio::io_context context{1};

 private:
  void sweep();

  Timer sweeper_;
  std::chrono::milliseconds interval_{};
  std::int64_t date_second_ = 0;
  std::array<char, 32> date_{};
  std::string id_bytes_;  // random, and not yet used
};

}  // namespace dontgoback::http
