#include "support/mariadb_proxy.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <stdexcept>

#include "support/mariadb.hpp"

namespace dontgoback::test {
namespace {

constexpr int kLookEvery = 50;  // ms, at whether the test has ended

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  return address;
}

int opened() { return ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0); }

bool send_all(int to, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

/// What has arrived; empty at the end.
std::string received(int from) {
  std::array<char, 16384> buffer;
  const auto got = ::recv(from, buffer.data(), buffer.size(), 0);
  return got > 0 ? std::string(buffer.data(), static_cast<std::size_t>(got)) : std::string();
}

/// The first packet (three bytes of length, one of its number, the payload) of what a program sent, taken out; empty
/// when it is not whole.
std::string next_packet(std::string& sent) {
  if (sent.size() < 4) return {};
  const auto byte = [&](int i) { return static_cast<std::size_t>(static_cast<unsigned char>(sent[i])); };
  const auto size = 4 + (byte(0) | byte(1) << 8 | byte(2) << 16);
  if (sent.size() < size) return {};
  auto packet = sent.substr(0, size);
  sent.erase(0, size);
  return packet;
}

/// The text of a packet that is a statement.
std::string_view statement_in(std::string_view packet) {
  constexpr char kQuery = 3;
  return packet.size() > 5 && packet[3] == 0 && packet[4] == kQuery ? packet.substr(5) : std::string_view();
}

}  // namespace

MariadbProxy::MariadbProxy() : listener_(opened()) {
  const auto address = address_of((directory_.path() / "proxy.sock").string());
  if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener_, 64) != 0) {
    throw std::runtime_error("no proxy");
  }
  acceptor_ = std::thread([this] { accept_all(); });
}

MariadbProxy::~MariadbProxy() {
  stopping_ = true;
  acceptor_.join();
  for (auto& each : served_) each.join();
  ::close(listener_);
}

std::string MariadbProxy::url(const std::string& database) const {
  const auto direct = mariadb().url(database);
  const auto real = mariadb().socket();
  auto url = direct;
  return url.replace(url.find(real), real.size(), (directory_.path() / "proxy.sock").string());
}

void MariadbProxy::cut(Cut where, int times) {
  const std::lock_guard lock(mutex_);
  where_ = where;
  left_ = times;
}

void MariadbProxy::accept_all() {
  while (!stopping_) {
    pollfd waiting{listener_, POLLIN, 0};
    if (::poll(&waiting, 1, kLookEvery) != 1) continue;
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client >= 0) served_.emplace_back([this, client] { serve(client); });
  }
}

bool MariadbProxy::is_cut(std::string_view packet, Cut& where) {
  const auto statement = statement_in(packet);
  if (statement.empty()) return false;
  const bool is_commit = statement.starts_with("COMMIT");
  const bool is_work = !is_commit && !statement.starts_with("SET") && !statement.starts_with("BEGIN") &&
                       !statement.starts_with("START") && !statement.starts_with("ROLLBACK");
  const std::lock_guard lock(mutex_);
  if (left_ == 0 || (where_ == Cut::at_statement ? !is_work : !is_commit)) return false;
  --left_;
  ++cuts_;
  where = where_;
  return true;
}

void MariadbProxy::serve(int client) {
  const int server = opened();
  const auto address = address_of(mariadb().socket());
  bool open = ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  std::string sent;
  while (open && !stopping_) {
    std::array<pollfd, 2> both{{{client, POLLIN, 0}, {server, POLLIN, 0}}};
    if (::poll(both.data(), both.size(), kLookEvery) <= 0) continue;
    if (both[1].revents != 0) {
      const auto answer = received(server);
      open = !answer.empty() && send_all(client, answer);
    }
    if (!open || both[0].revents == 0) continue;
    const auto more = received(client);
    open = !more.empty();
    sent += more;
    for (auto packet = next_packet(sent); open && !packet.empty(); packet = next_packet(sent)) {
      auto where = Cut::nothing;
      const bool cut = is_cut(packet, where);
      if (!cut || where == Cut::after_commit) open = send_all(server, packet);
      if (!cut) continue;
      if (where == Cut::after_commit) received(server);
      open = false;
    }
  }
  ::close(server);
  ::close(client);
}

}  // namespace dontgoback::test
