#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/temporary_directory.hpp"

namespace dontgoback::test {

/// Between a program and the test program's MariaDB server, on a socket of its own: it hands everything on until it is
/// told to cut a connection at one moment.
class MariadbProxy {
 public:
  enum class Cut {
    nothing,
    at_statement,   ///< the next statement that is neither BEGIN, COMMIT nor SET does not reach the server
    before_commit,  ///< the next COMMIT does not reach the server
    after_commit,   ///< the next COMMIT is done, and its answer does not reach the program
  };

  MariadbProxy();
  ~MariadbProxy();
  MariadbProxy(const MariadbProxy&) = delete;
  MariadbProxy& operator=(const MariadbProxy&) = delete;

  /// As `--database` takes it.
  std::string url(const std::string& database) const;
  /// `times` connections, one after the other.
  void cut(Cut where, int times = 1);
  /// How many were cut.
  int cuts() const { return cuts_; }

 private:
  void accept_all();
  void serve(int client);
  bool is_cut(std::string_view packet, Cut& where);

  TemporaryDirectory directory_;
  int listener_;
  std::atomic<bool> stopping_{false};
  std::atomic<int> cuts_{0};
  std::mutex mutex_;
  Cut where_ = Cut::nothing;
  int left_ = 0;
  std::vector<std::thread> served_;
  std::thread acceptor_;
};

}  // namespace dontgoback::test
