#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstddef>
#include <cstring>
#include <string>

#include "program.hpp"

using namespace dontgoback::test;

namespace {

// The service manager's end of sd_notify(3).
class NotifySocket {
 public:
  explicit NotifySocket(const std::string& name) : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.data(), name.size());
    if (name.front() == '@') address.sun_path[0] = '\0';
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    REQUIRE(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), length) == 0);
  }
  ~NotifySocket() { ::close(socket_); }

  /// What is said next, waited for; empty when nothing was for long.
  std::string next() const {
    constexpr int kLongMilliseconds = 60'000;
    pollfd ready{socket_, POLLIN, 0};
    if (::poll(&ready, 1, kLongMilliseconds) != 1) return {};
    std::array<char, 256> buffer;
    const auto got = ::recv(socket_, buffer.data(), buffer.size(), 0);
    return {buffer.data(), static_cast<std::size_t>(got)};
  }

 private:
  int socket_;
};

}  // namespace

TEST_CASE("the service manager is told: ready, alive, stopping") {
  TemporaryDirectory directory;
  const std::string in_files = (directory.path() / "notify").string();
  const std::string abstract = "@dontgoback-test-" + std::to_string(::getpid());
  for (const auto& name : {in_files, abstract}) {
    const NotifySocket manager(name);
    Node node({"--role=auth"}, {"NOTIFY_SOCKET=" + name, "WATCHDOG_USEC=100000"});
    CHECK(manager.next() == "READY=1");
    CHECK(manager.next() == "WATCHDOG=1");
    CHECK(manager.next() == "WATCHDOG=1");
    node.program().send(SIGTERM);
    auto said = manager.next();
    while (said == "WATCHDOG=1") said = manager.next();
    CHECK(said == "STOPPING=1");
    CHECK(node.program().wait() == 0);
  }
}

TEST_CASE("a watchdog that is meant for another process is not fed") {
  TemporaryDirectory directory;
  const auto name = (directory.path() / "notify").string();
  const NotifySocket manager(name);
  Node node({"--role=auth"}, {"NOTIFY_SOCKET=" + name, "WATCHDOG_USEC=1000", "WATCHDOG_PID=1"});
  CHECK(manager.next() == "READY=1");
  node.program().send(SIGTERM);
  CHECK(manager.next() == "STOPPING=1");
  CHECK(node.program().wait() == 0);
}
