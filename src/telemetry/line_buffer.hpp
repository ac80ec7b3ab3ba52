#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

namespace dontgoback::telemetry {

/// Gathers finished lines and writes many to standard error with one system call: a write a line would cost a fifth of
/// the requests a second. Until `start()` every line is written at once. Standard error blocks, so no line is ever
/// dropped. Any thread.
class LineBuffer {
 public:
  LineBuffer() = default;
  ~LineBuffer();
  LineBuffer(const LineBuffer&) = delete;
  LineBuffer& operator=(const LineBuffer&) = delete;

  /// Starts the thread that writes what has waited 200 ms. It sleeps while there is nothing to write.
  void start();
  /// Takes a line with its line break.
  void add(std::string_view line);
  /// Writes what waits.
  void flush();

 private:
  void write_waiting();
  void flush_late(const std::stop_token& stop);

  std::mutex mutex_;
  std::string waiting_;
  bool gathers_ = false;
  std::condition_variable_any first_line_;
  std::jthread timer_;
};

}  // namespace dontgoback::telemetry
