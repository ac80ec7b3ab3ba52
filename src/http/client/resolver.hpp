#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace dontgoback::http {

/// Looks host names up within a time limit. The system's own lookup cannot be interrupted, so it runs on a thread that
/// may be left behind: at most one for each name, which all callers of that name wait for. Any thread.
class Resolver {
 public:
  using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;
  /// Throws std::runtime_error when there is no such host, or no answer in time. Numeric addresses need no lookup.
  Endpoints resolve(const std::string& host, const std::string& port, std::chrono::steady_clock::time_point deadline);

 private:
  struct Lookup {
    bool done = false;
    Endpoints found;
    std::string error;
  };
  struct State {
    std::mutex mutex;
    std::condition_variable changed;
    std::map<std::string, std::shared_ptr<Lookup>> running;
  };
  std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace dontgoback::http
