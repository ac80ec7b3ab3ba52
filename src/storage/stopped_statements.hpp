#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "dontgoback/storage/sql.hpp"

namespace dontgoback::storage {

/// What a database's connections tell of statements that ran into their time limit. Each is logged by its name, at most
/// once a minute. Any thread.
class StoppedStatements {
 public:
  using Listener = std::function<void(std::string_view name)>;

  void add(const Sql& sql) noexcept;
  /// Called with the name of each from then on, by the thread that ran it.
  void tell(Listener listener);

 private:
  using Steady = std::chrono::steady_clock;

  std::mutex mutex_;
  Listener listener_;
  std::map<std::string, Steady::time_point, std::less<>> logged_at_;
};

}  // namespace dontgoback::storage
