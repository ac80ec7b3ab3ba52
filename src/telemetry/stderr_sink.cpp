#include "stderr_sink.hpp"

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

StderrSink::~StderrSink() {
  timer_ = {};
  flush();
}

void StderrSink::buffer() {
  const std::lock_guard lock(mutex_);
  buffered_ = true;
  timer_ = std::jthread([this](const std::stop_token& stop) { flush_late(stop); });
}

void StderrSink::sink_it_(const spdlog::details::log_msg& message) {
  const std::string_view line(message.payload.data(), message.payload.size());
  if (!buffered_) return write_all(line);
  if (waiting_.size() + line.size() > kBuffer) flush_();
  if (waiting_.empty()) first_line_.notify_one();
  waiting_.append(line);
}

void StderrSink::flush_() {
  write_all(waiting_);
  waiting_.clear();
}

void StderrSink::flush_late(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (first_line_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
    first_line_.wait_for(lock, stop, kLongestWait, [] { return false; });
    flush_();
  }
}

}  // namespace dontgoback::telemetry
