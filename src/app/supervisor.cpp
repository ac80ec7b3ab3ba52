#include "supervisor.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <system_error>

#include "dontgoback/telemetry/log.hpp"
#include "dontgoback/text/number.hpp"

namespace dontgoback::app {

Supervisor::Supervisor(const config::Environment& environment)
    : socket_(config::variable(environment, "NOTIFY_SOCKET")) {
  const auto pid = config::variable(environment, "WATCHDOG_PID");
  if (!pid.empty() && pid != std::to_string(::getpid())) return;  // meant for another process
  const auto microseconds = text::number<std::int64_t>(config::variable(environment, "WATCHDOG_USEC")).value_or(0);
  if (microseconds <= 0) return;
  alive_every_ = std::max(std::chrono::milliseconds(1), std::chrono::milliseconds(microseconds / 2000));
}

void Supervisor::send(std::string_view state) const {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket_.empty() || socket_.size() >= sizeof address.sun_path) return;
  std::memcpy(address.sun_path, socket_.data(), socket_.size());
  if (socket_.front() == '@') address.sun_path[0] = '\0';  // Linux' abstract namespace, unix(7)
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());

  const int out = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  const bool sent = out >= 0 && ::sendto(out, state.data(), state.size(), MSG_NOSIGNAL,
                                         reinterpret_cast<const sockaddr*>(&address), length) >= 0;
  if (!sent) telemetry::log_warn("cannot notify the service manager", {{"cause", std::strerror(errno)}});
  if (out >= 0) ::close(out);
}

}  // namespace dontgoback::app
