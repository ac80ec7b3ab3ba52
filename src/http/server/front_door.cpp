#include "http/server/front_door.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>

#include "dontgoback/telemetry/log.hpp"
#include "http/server/socket_names.hpp"

namespace dontgoback::http {
using boost::system::error_code;
namespace {

// Out of descriptors: trying again at once would only burn the processor.
constexpr std::chrono::milliseconds kAcceptPause{100};

Address peer_of(const Socket& socket) {
  error_code error;
  const auto peer = socket.remote_endpoint(error);
  return error ? Address{} : address_of(peer);
}

/// The same socket in another loop.
Socket moved_to(EventLoop& loop, Socket socket) {
  error_code error;
  const auto protocol = socket.local_endpoint(error).protocol();
  return Socket(loop.context, protocol, socket.release());
}

}  // namespace

void FrontDoor::open(Listener& listener) {
  asio::co_spawn(loops_.front()->context, accept(*this, listener), asio::detached);
}

Awaitable<void> FrontDoor::accept(FrontDoor& door, Listener& listener) {
  Timer pause(door.loops_.front()->context);
  bool failing = false;
  while (listener.acceptor.is_open()) {
    // Management stays on the first loop; the others' threads belong to users.
    const bool management = listener.kind == Connection::Kind::management;
    EventLoop& loop = *door.loops_[management ? 0 : door.next_loop_++ % door.loops_.size()];
    error_code error;
    auto socket = co_await listener.acceptor.async_accept(loop.context, asio::redirect_error(kAwait, error));
    if (error == asio::error::operation_aborted) co_return;
    if (!error) {
      failing = false;
      door.take(loop, std::move(socket), listener);
      continue;
    }
    if (!failing) telemetry::log_warn("cannot accept connections", {{"cause", error.message()}});
    failing = true;
    if (error == asio::error::no_descriptors && door.free_descriptor(listener.kind)) continue;
    pause.expires_after(kAcceptPause);
    co_await pause.async_wait(asio::redirect_error(kAwait, error));
  }
}

bool FrontDoor::free_descriptor(Connection::Kind kind) {
  if (kind == Connection::Kind::management) return service_.spare_descriptor.lend();
  auto& loop = longest_waiting();
  asio::post(loop.context, [this, &loop] {
    if (loop.waiting.make_place()) service_.ended_for_place.add();
  });
  return false;
}

EventLoop& FrontDoor::longest_waiting() {
  return **std::min_element(loops_.begin(), loops_.end(),
                            [](const auto& a, const auto& b) { return a->waiting.oldest() < b->waiting.oldest(); });
}

void FrontDoor::take(EventLoop& loop, Socket socket, const Listener& listener) {
  if (listener.kind == Connection::Kind::user) return take_user(loop, std::move(socket), listener);
  if (service_.count->management >= ConnectionCount::kMostManagement) return;  // closed without a word
  ++service_.count->management;
  Connection::Visitor visitor{listener.kind, peer_of(socket), {}, nullptr};
  Connection::start(
      std::make_shared<Connection>(service_, loop, std::move(socket), *listener.routes, std::move(visitor)));
}

void FrontDoor::take_user(EventLoop& loop, Socket socket, const Listener& listener) {
  Connection::Visitor visitor{listener.kind, peer_of(socket), {}, listener.certificate};
  if (service_.settings.max_per_address > 0 && !service_.trusted_proxies.contains(visitor.address)) {
    visitor.place = service_.places.take(visitor.address.text());
  }
  auto& count = *service_.count;
  const bool address_is_full = visitor.place.is_over();
  const bool all_is_full = ++count.users > service_.settings.max_connections;
  // Of the same address, whose connections are in every loop alike; else of all.
  EventLoop& place = all_is_full && !address_is_full ? longest_waiting() : loop;
  if (&place != &loop) socket = moved_to(place, std::move(socket));
  asio::post(place.context, [this, &place, &routes = *listener.routes, address_is_full, all_is_full,
                             own = std::move(socket), visitor = std::move(visitor)]() mutable {
    if (address_is_full || all_is_full) {
      if (place.waiting.make_place(address_is_full ? &visitor.place : nullptr)) {
        service_.ended_for_place.add();
      } else {
        (address_is_full ? service_.refused_address : service_.refused).add();
        service_.left(service_.count->users);
        // Past these the socket is closed without a word.
        if (++service_.count->surplus > ConnectionCount::kMostSurplus) {
          --service_.count->surplus;
          return;
        }
        visitor.kind = Connection::Kind::surplus;
      }
    }
    Connection::start(std::make_shared<Connection>(service_, place, std::move(own), routes, std::move(visitor)));
  });
}

}  // namespace dontgoback::http
