#include "listener.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <system_error>

#include "networks.hpp"

namespace dontgoback::walk::rpc {
namespace {

constexpr int kBacklog = 512;
constexpr int kUnacknowledged = 30'000;                  // ms that sent bytes may wait for their acknowledgement
constexpr std::chrono::milliseconds kWithoutFiles{100};  // after an accept that found no descriptor left

std::runtime_error failed(const std::string& what) {
  return std::runtime_error(what + ": " + std::generic_category().message(errno));
}

struct FreeAddresses {
  void operator()(addrinfo* found) const { ::freeaddrinfo(found); }
};

std::unique_ptr<addrinfo, FreeAddresses> parse(const std::string& address) {
  const auto colon = address.rfind(':');
  if (colon == std::string::npos) throw std::runtime_error(address + ": must be ADDR:PORT");
  auto host = address.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), address.substr(colon + 1).c_str(), &hints, &found) != 0) {
    throw std::runtime_error(address + ": must be ADDR:PORT");
  }
  return std::unique_ptr<addrinfo, FreeAddresses>(found);
}

void set(int socket, int level, int option, int value) { ::setsockopt(socket, level, option, &value, sizeof value); }

}  // namespace

Listener::Listener(const std::string& address, std::size_t max_connections)
    : connections_(max_connections, of_network(max_connections)) {
  const auto wanted = parse(address);
  socket_ = ::socket(wanted->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  wake_ = ::eventfd(0, EFD_CLOEXEC);
  if (socket_ < 0 || wake_ < 0) throw failed(address);
  set(socket_, SOL_SOCKET, SO_REUSEADDR, 1);  // what an earlier process left behind; never SO_REUSEPORT
  // Connections have these from the socket that they came to.
  set(socket_, IPPROTO_TCP, TCP_NODELAY, 1);
  set(socket_, IPPROTO_TCP, TCP_USER_TIMEOUT, kUnacknowledged);
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  if (::bind(socket_, wanted->ai_addr, wanted->ai_addrlen) != 0 || ::listen(socket_, kBacklog) != 0 ||
      ::getsockname(socket_, reinterpret_cast<sockaddr*>(&bound), &size) != 0) {
    const auto why = failed(address);
    ::close(socket_);
    ::close(wake_);
    throw why;
  }
  port_ = ntohs(bound.ss_family == AF_INET ? reinterpret_cast<sockaddr_in&>(bound).sin_port
                                           : reinterpret_cast<sockaddr_in6&>(bound).sin6_port);
}

Listener::~Listener() {
  stop();
  ::close(wake_);
}

void Listener::start(std::function<void(int)> take, std::function<void()> tick, std::chrono::milliseconds every) {
  take_ = std::move(take);
  thread_ = std::thread([this, tick = std::move(tick), every] { run(tick, every); });
}

void Listener::stop() {
  if (thread_.joinable()) {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(wake_, &one, sizeof one);
    thread_.join();
  }
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

void Listener::run(const std::function<void()>& tick, std::chrono::milliseconds every) {
  std::array<pollfd, 2> waited{{{socket_, POLLIN, 0}, {wake_, POLLIN, 0}}};
  auto next = std::chrono::steady_clock::now() + every;
  while (true) {
    const auto now = std::chrono::steady_clock::now();
    if (now >= next) {
      tick();
      next = now + every;
    }
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(next - std::chrono::steady_clock::now());
    const int ready = ::poll(waited.data(), waited.size(), static_cast<int>(std::max<std::int64_t>(0, wait.count())));
    if (ready <= 0) continue;
    if (waited[1].revents != 0) return;
    if (waited[0].revents != 0) accept_all();
  }
}

void Listener::accept_all() {
  while (true) {
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    const int socket = ::accept4(socket_, reinterpret_cast<sockaddr*>(&peer), &size, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (socket >= 0) {
      if (connections_.enter(socket, network_of(peer))) {
        take_(socket);
      } else {
        ::close(socket);
      }
      continue;
    }
    if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
      std::this_thread::sleep_for(kWithoutFiles);
    }
    if (errno != EINTR && errno != ECONNABORTED) return;
  }
}

}  // namespace dontgoback::walk::rpc
