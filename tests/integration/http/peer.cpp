#include "peer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>
#include <utility>

namespace dontgoback::http::testing {
namespace {

constexpr int kPatienceMs = 10'000;

sockaddr_in loopback(unsigned short port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int connected(unsigned short port, const char* from = nullptr) {
  const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (from != nullptr) {
    auto own = loopback(0);
    ::inet_pton(AF_INET, from, &own.sin_addr);
    ::bind(made, reinterpret_cast<const sockaddr*>(&own), sizeof own);
  }
  const auto address = loopback(port);
  if (::connect(made, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return made;
  ::close(made);
  return -1;
}

}  // namespace

std::string Reply::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string{} : found->second;
}

Peer::Peer(unsigned short port) : socket_(connected(port)) {
  if (socket_ < 0) throw std::runtime_error("nobody listens");
}

Peer Peer::from(const char* address, unsigned short port) {
  const int made = connected(port, address);
  if (made < 0) throw std::runtime_error("nobody listens");
  return Peer(made, Owned{});
}

Peer::Peer(Peer&& other) noexcept : socket_(std::exchange(other.socket_, -1)), received_(std::move(other.received_)) {}

Peer::~Peer() { close(); }

void Peer::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

void Peer::reset() {
  const linger at_once{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close();
}

void Peer::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // the server has had enough; what it said is there to be read
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool Peer::fill() {
  pollfd readable{socket_, POLLIN, 0};
  if (::poll(&readable, 1, kPatienceMs) != 1) throw std::runtime_error("the other side says nothing");
  std::array<char, 16384> bytes;
  const auto got = ::recv(socket_, bytes.data(), bytes.size(), 0);
  if (got <= 0) return false;
  received_.append(bytes.data(), static_cast<std::size_t>(got));
  return true;
}

std::string Peer::read_until(std::string_view end) {
  std::size_t found = 0;
  while ((found = received_.find(end)) == std::string::npos) {
    if (!fill()) throw std::runtime_error("ended after: " + received_);
  }
  auto taken = received_.substr(0, found);
  received_.erase(0, found + end.size());
  return taken;
}

Reply Peer::read_head() {
  auto head = read_until("\r\n\r\n") + "\r\n";
  Reply reply;
  const auto line = head.substr(0, head.find("\r\n"));
  reply.version = line.substr(0, 8);
  reply.status = std::stoi(line.substr(9, 3));
  head.erase(0, line.size() + 2);
  while (!head.empty()) {
    const auto end = head.find("\r\n");
    const auto colon = head.find(':');
    auto name = head.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    reply.headers.emplace(name, head.substr(colon + 2, end - colon - 2));
    head.erase(0, end + 2);
  }
  return reply;
}

Reply Peer::read(bool head_only) {
  auto reply = read_head();
  if (head_only || reply.status == 204 || reply.status == 304 || reply.status / 100 == 1) return reply;
  const auto length = std::stoul(reply.header("content-length"));
  while (received_.size() < length) {
    if (!fill()) throw std::runtime_error("ended within the body");
  }
  reply.body = received_.substr(0, length);
  received_.erase(0, length);
  return reply;
}

std::string Peer::read_chunk() {
  const auto size = std::stoul(read_until("\r\n"), nullptr, 16);
  while (received_.size() < size + 2) {
    if (!fill()) throw std::runtime_error("ended within a chunk");
  }
  auto chunk = received_.substr(0, size);
  if (received_.substr(size, 2) != "\r\n") throw std::runtime_error("a chunk without its end");
  received_.erase(0, size + 2);
  return chunk;
}

bool Peer::at_end() { return received_.empty() && !fill(); }

std::size_t Peer::discard_all() {
  while (fill()) {
  }
  return std::exchange(received_, {}).size();
}

bool can_connect(unsigned short port) {
  const int made = connected(port);
  if (made >= 0) ::close(made);
  return made >= 0;
}

ScriptedServer::ScriptedServer(std::function<void(Peer&, int)> script)
    : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  auto address = loopback(0);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) != 0 || ::listen(listener_, 16) != 0) {
    throw std::runtime_error("cannot listen");
  }
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this, script = std::move(script)] {
    for (int connection = 0;; ++connection) {
      const int accepted = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (accepted < 0) return;
      auto peer = Peer::of(accepted);
      try {
        script(peer, connection);
      } catch (const std::runtime_error&) {
        // the client ended the connection first
      }
    }
  });
}

ScriptedServer::~ScriptedServer() {
  ::shutdown(listener_, SHUT_RDWR);  // ends accept
  thread_.join();
  ::close(listener_);
}

std::string ScriptedServer::url(std::string_view path) const {
  return std::string("http://127.0.0.1:").append(std::to_string(port_)).append(path);
}

bool eventually(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(kPatienceMs);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

}  // namespace dontgoback::http::testing
