#include "http/server/server.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <stdexcept>
#include <thread>

#include "dontgoback/text/endpoint.hpp"
#include "http/server/front_door.hpp"
#include "http/server/socket_names.hpp"

namespace dontgoback::http {
using boost::system::error_code;
namespace {

asio::ip::tcp::endpoint endpoint_of(const std::string& listen) {
  const auto endpoint = text::Endpoint::parse(listen);
  if (!endpoint) throw std::invalid_argument("listen: not ADDR:PORT: " + listen);
  return {asio::ip::make_address(endpoint->address), endpoint->port};
}

}  // namespace

struct Server::Impl {
  Impl(const ServerSettings& settings, telemetry::Metrics& metrics) : service(settings, metrics) {
    if (settings.io_threads == 0) throw std::invalid_argument("io-threads: at least one");
    for (std::size_t i = 0; i < settings.io_threads; ++i) loops.push_back(std::make_unique<EventLoop>());
  }
  ~Impl() { stop(); }

  void listen(const std::string& address, const RouteTable& routes, Connection::Kind kind);
  void take_over(int descriptor, const RouteTable& routes, Connection::Kind kind);
  void keep(Acceptor acceptor, const RouteTable& routes, Connection::Kind kind);
  void run();
  bool drain(std::chrono::milliseconds limit);
  void stop();
  /// Runs on each loop's thread; returns when it ran on all.
  template <class F>
  void on_all_loops(F each);

  Service service;
  std::vector<std::unique_ptr<EventLoop>> loops;
  FrontDoor door{service, loops};
  std::vector<std::unique_ptr<Listener>> listeners;
  std::vector<std::string> addresses;
  std::string management_address;
  std::vector<std::thread> threads;
};

void Server::Impl::listen(const std::string& address, const RouteTable& routes, Connection::Kind kind) {
  const SocketName endpoint(endpoint_of(address));
  Acceptor acceptor(loops.front()->context);
  try {
    acceptor.open(endpoint.protocol());
    acceptor.set_option(asio::socket_base::reuse_address(true));
    acceptor.bind(endpoint);
    acceptor.listen();
  } catch (const boost::system::system_error& error) {
    throw std::system_error(error.code(), "cannot listen on " + address);
  }
  keep(std::move(acceptor), routes, kind);
}

void Server::Impl::take_over(int descriptor, const RouteTable& routes, Connection::Kind kind) {
  sockaddr_storage name{};
  socklen_t size = sizeof name;
  if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&name), &size) != 0) {
    throw std::system_error(errno, std::generic_category(), "cannot use a socket that was passed");
  }
  Acceptor acceptor(loops.front()->context);
  acceptor.assign({name.ss_family, 0}, descriptor);
  keep(std::move(acceptor), routes, kind);
}

void Server::Impl::keep(Acceptor acceptor, const RouteTable& routes, Connection::Kind kind) {
  auto bound = text_of(acceptor.local_endpoint());
  const auto* certificate = kind == Connection::Kind::user ? service.settings.certificate : nullptr;
  listeners.push_back(
      std::make_unique<Listener>(Listener{std::move(acceptor), &routes, kind, std::move(bound), certificate}));
}

void Server::Impl::run() {
  for (auto& listener : listeners) door.open(*listener);
  for (auto& loop : loops) {
    loop->sweep_every(service.settings.limits.sweep);
    threads.emplace_back([&context = loop->context] {
      const auto guard = asio::make_work_guard(context);
      context.run();
    });
  }
}

template <class F>
void Server::Impl::on_all_loops(F each) {
  if (threads.empty()) return;
  std::vector<std::future<void>> done;
  for (auto& loop : loops) {
    auto ran = std::make_shared<std::promise<void>>();
    done.push_back(ran->get_future());
    asio::post(loop->context, [each, ran, &here = *loop] {
      each(here);
      ran->set_value();
    });
  }
  for (auto& one : done) one.wait();
}

bool Server::Impl::drain(std::chrono::milliseconds limit) {
  service.drain = Drain::begun;
  on_all_loops([this](EventLoop& loop) {
    if (&loop != loops.front().get()) return;
    error_code ignored;
    for (auto& listener : listeners) {
      if (listener->kind == Connection::Kind::user) listener->acceptor.close(ignored);
    }
  });
  // After the acceptor, so that none comes later: whoever was taken is in a loop's queue by now.
  const auto& times = service.settings.limits;
  const auto begun = std::chrono::steady_clock::now();
  const auto step = [&](Drain drain, std::chrono::milliseconds until) {
    service.drain = drain;
    on_all_loops([](EventLoop& loop) {
      for (auto& connection : loop.connections) connection.drain();
    });
    const auto passed = std::chrono::steady_clock::now() - begun;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(std::min(until, limit) - passed);
    return service.wait_until_empty(std::max(left, std::chrono::milliseconds(0)));
  };
  return step(Drain::begun, times.next_while_draining) || step(Drain::no_next, times.first_while_draining) ||
         step(Drain::no_first, limit);
}

void Server::Impl::stop() {
  // Handlers first, they use what follows; then the loops, which destroy what still waits in them.
  service.query->stop();
  service.command->stop();
  service.bodies->stop();
  on_all_loops([](EventLoop& loop) { loop.context.stop(); });
  for (auto& thread : threads) thread.join();
  threads.clear();
  listeners.clear();
  loops.clear();
}

Server::Server(const ServerSettings& settings, const RouteTable& routes, const RouteTable& management,
               telemetry::Metrics& metrics)
    : impl_(std::make_unique<Impl>(settings, metrics)) {
  if (settings.listen_descriptor) {
    impl_->take_over(*settings.listen_descriptor, routes, Connection::Kind::user);
    impl_->addresses.push_back(impl_->listeners.back()->address);
  } else {
    for (const auto& address : settings.listen) {
      impl_->listen(address, routes, Connection::Kind::user);
      impl_->addresses.push_back(impl_->listeners.back()->address);
    }
  }
  if (settings.management_descriptor) {
    impl_->take_over(*settings.management_descriptor, management, Connection::Kind::management);
  } else if (!settings.management_listen.empty()) {
    impl_->listen(settings.management_listen, management, Connection::Kind::management);
  } else {
    return;
  }
  impl_->management_address = impl_->listeners.back()->address;
}

Server::~Server() = default;

const std::vector<std::string>& Server::addresses() const { return impl_->addresses; }
const std::string& Server::management_address() const { return impl_->management_address; }

std::string Server::listen(const std::string& address, const RouteTable& routes) {
  impl_->listen(address, routes, Connection::Kind::user);
  return impl_->listeners.back()->address;
}

void Server::allow_origins(const std::vector<std::string>& origins) { impl_->service.pipeline.allow_origins(origins); }
void Server::run() { impl_->run(); }
bool Server::drain(std::chrono::milliseconds limit) { return impl_->drain(limit); }

}  // namespace dontgoback::http
