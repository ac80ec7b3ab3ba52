#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "telemetry/logging.hpp"

using namespace dontgoback;

namespace {

// Standard error of this process, led into a pipe for as long as it lives.
class CapturedStderr {
 public:
  CapturedStderr() : saved_(::dup(STDERR_FILENO)) {
    REQUIRE(::pipe(ends_.data()) == 0);
    ::dup2(ends_[1], STDERR_FILENO);
    ::close(ends_[1]);
  }
  ~CapturedStderr() {
    ::dup2(saved_, STDERR_FILENO);
    ::close(saved_);
    ::close(ends_[0]);
  }
  /// What arrives next, waited for.
  std::string next() const {
    std::array<char, 128 * 1024> buffer;
    const auto got = ::read(ends_[0], buffer.data(), buffer.size());
    return {buffer.data(), static_cast<std::size_t>(got)};
  }

 private:
  int saved_;
  std::array<int, 2> ends_{};
};

// Few enough to fit into a pipe that nobody reads meanwhile.
void log_from_many_threads() {
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([] {
      for (int line = 0; line < 100; ++line) telemetry::log_info("many", {{"line", line}});
    });
  }
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

// One test: logging starts once a process.
TEST_CASE("lines reach standard error, now or together") {
  CapturedStderr standard_error;
  telemetry::log_debug("unseen");
  telemetry::log_info("early");
  CHECK(holds(standard_error.next(), " info  early\n"));

  telemetry::start_logging({.level = telemetry::Level::debug, .json = true});
  telemetry::log_debug("first");
  telemetry::log_info("second", {{"n", 2}});
  telemetry::log_warn("third");
  const auto together = standard_error.next();
  CHECK(holds(together, "first"));
  CHECK(holds(together, "\"message\":\"second\",\"n\":2}\n"));
  CHECK(holds(together, "third"));

  telemetry::log_info("by the timer");
  CHECK(holds(standard_error.next(), "by the timer"));

  telemetry::log_info("by hand");
  telemetry::flush_logs();
  CHECK(holds(standard_error.next(), "by hand"));

  log_from_many_threads();
  telemetry::log_warn("the last");
  std::string all;
  while (!holds(all, "the last")) all += standard_error.next();
  const auto whole = [](const std::string& line) { return holds(line, "{\"time\":\"") && line.back() == '}'; };
  std::istringstream lines(all);
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) CHECK(whole(line));
  CHECK(count == 4 * 100 + 1);
}
