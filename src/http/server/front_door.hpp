#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <memory>
#include <string>
#include <vector>

#include "http/server/connection.hpp"
#include "http/server/spare_descriptor.hpp"

namespace dontgoback::http {

using Acceptor = asio::basic_socket_acceptor<asio::generic::stream_protocol, Executor>;

struct Listener {
  Acceptor acceptor;
  const RouteTable* routes;
  Connection::Kind kind;
  std::string address;
  const security::ServerCertificate* certificate;  ///< null: without TLS
};

/// Accepts connections and deals them to the loops in turn. When there are as many as there may be, of all or of one
/// address, the one that is only waited for, and longest, makes place; who finds none is told so and turned away.
/// Belongs to the first loop's thread.
class FrontDoor {
 public:
  using Loops = std::vector<std::unique_ptr<EventLoop>>;

  /// Both outlive it.
  FrontDoor(Service& service, Loops& loops) : service_(service), loops_(loops) {}

  /// Accepts until the listener's acceptor is closed.
  void open(Listener& listener);

 private:
  static Awaitable<void> accept(FrontDoor& door, Listener& listener);
  void take(EventLoop& loop, Socket socket, const Listener& listener);
  void take_user(EventLoop& loop, Socket socket, const Listener& listener);
  EventLoop& longest_waiting();
  /// Whether trying again at once may help.
  bool free_descriptor(Connection::Kind kind);

  Service& service_;
  Loops& loops_;
  std::size_t next_loop_ = 0;
};

}  // namespace dontgoback::http
