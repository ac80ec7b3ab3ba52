#pragma once

#include <spdlog/sinks/base_sink.h>

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

namespace dontgoback::telemetry {

/// Gathers finished lines and writes many with one system call: a write a line would cost a fifth of the requests a
/// second. Until `buffer()` every line is written at once. Standard error blocks, so no line is ever dropped.
class StderrSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  StderrSink() = default;
  ~StderrSink() override;
  /// Starts the thread that writes a buffer which has waited 200 ms. It sleeps while there is nothing to write.
  void buffer();

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override;
  void flush_() override;

 private:
  void flush_late(const std::stop_token& stop);

  std::string waiting_;
  bool buffered_ = false;
  std::condition_variable_any first_line_;
  std::jthread timer_;
};

}  // namespace dontgoback::telemetry
