#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

#include "support/temporary_directory.hpp"

namespace dontgoback::test {

/// A private MariaDB server on a socket in a directory of its own, without network, killed at the end of the test
/// program however that ends. A machine without mariadbd fails the test: scripts/install-deps installs it.
class MariadbServer {
 public:
  /// Installs a data directory and starts the server. Throws std::runtime_error with the end of its log.
  MariadbServer();
  ~MariadbServer();
  MariadbServer(const MariadbServer&) = delete;
  MariadbServer& operator=(const MariadbServer&) = delete;

  /// Makes an empty database of a name not used before.
  std::string create_database();
  /// A URL for it, as `--database` takes it. The user has no password and may do everything.
  std::string url(const std::string& database) const;
  std::string socket() const;

  /// SIGKILL, as when the machine dies.
  void kill();
  /// From then on it takes what is sent and says nothing, until it goes on.
  void fall_silent();
  void go_on();
  /// After kill. Returns when it answers.
  void start();

 private:
  void wait_until_it_answers();

  TemporaryDirectory directory_;
  pid_t process_ = -1;
  int databases_ = 0;
};

/// The test program's one server, started when first asked for.
MariadbServer& mariadb();

}  // namespace dontgoback::test
