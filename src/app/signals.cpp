#include "signals.hpp"

#include <cerrno>

namespace dontgoback::app {

Signals::Signals() {
  sigemptyset(&set_);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set_, signal);
  ::pthread_sigmask(SIG_BLOCK, &set_, nullptr);
}

bool Signals::wait(std::optional<std::chrono::milliseconds> limit) const {
  if (!limit) {
    int signal = 0;
    return ::sigwait(&set_, &signal) == 0;
  }
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(*limit);
  const timespec time{seconds.count(), static_cast<long>(std::chrono::nanoseconds(*limit - seconds).count())};
  return ::sigtimedwait(&set_, nullptr, &time) > 0;
}

void ignore_failing_writes() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

}  // namespace dontgoback::app
