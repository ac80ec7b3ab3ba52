#include "line_buffer.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>

namespace dontgoback::telemetry {
namespace {

constexpr std::size_t kBuffer = 64 * 1024;
constexpr std::chrono::milliseconds kLongestWait{200};

void write_all(std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(STDERR_FILENO, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      pollfd ready{STDERR_FILENO, POLLOUT, 0};  // whoever shares the terminal made it non-blocking
      ::poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      return;  // closed: there is nowhere left to complain
    }
  }
}

}  // namespace

LineBuffer::~LineBuffer() {
  timer_ = {};
  flush();
}

void LineBuffer::start() {
  const std::lock_guard lock(mutex_);
  gathers_ = true;
  timer_ = std::jthread([this](const std::stop_token& stop) { flush_late(stop); });
}

void LineBuffer::add(std::string_view line) {
  const std::lock_guard lock(mutex_);
  if (!gathers_) return write_all(line);
  if (waiting_.size() + line.size() > kBuffer) write_waiting();
  if (waiting_.empty()) first_line_.notify_one();
  waiting_.append(line);
}

void LineBuffer::flush() {
  const std::lock_guard lock(mutex_);
  write_waiting();
}

void LineBuffer::write_waiting() {
  write_all(waiting_);
  waiting_.clear();
}

void LineBuffer::flush_late(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (first_line_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
    first_line_.wait_for(lock, stop, kLongestWait, [] { return false; });
    write_waiting();
  }
}

}  // namespace dontgoback::telemetry
