#pragma once

#include <sys/types.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "support/temporary_directory.hpp"

namespace dontgoback::test {

/// A private Redis on a socket in a directory of its own, killed at the end of the test program however that ends. A
/// machine without redis-server fails the test: scripts/install-deps installs it.
class RedisServer {
 public:
  /// `options`: as redis-server takes them, besides the socket and that nothing is saved.
  explicit RedisServer(std::vector<std::string> options = {});
  ~RedisServer();
  RedisServer(const RedisServer&) = delete;
  RedisServer& operator=(const RedisServer&) = delete;

  std::string socket() const;
  /// As `--redis` takes it.
  std::string url() const { return "unix:" + socket(); }
  std::string path(std::string_view name) const { return (directory_.path() / name).string(); }

  /// Its answer, as `redis-cli` prints it. Throws std::runtime_error when there is none.
  std::string call(std::initializer_list<std::string_view> words) const;

  /// SIGKILL, as when the machine dies.
  void kill();
  /// From then on it takes what is sent and says nothing, until it goes on.
  void fall_silent();
  void go_on();
  /// After kill. Returns when it answers.
  void start(std::vector<std::string> options);

 private:
  TemporaryDirectory directory_;
  pid_t process_ = -1;
};

}  // namespace dontgoback::test
