#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace dontgoback::auth {

/// Tells the operator why tokens are refused, once a minute a cause: those who send them see only a 401 in their own
/// log, and a wrong setting refuses all of them. Any thread.
class RefusalLog {
 public:
  /// `cause`: one of our own sentences; the numbers in it do not make it another. `issuer`: of a token of another
  /// issuer than the expected one; else empty.
  void note(std::string_view cause, std::string_view issuer, std::string_view expected_issuer);

 private:
  using Clock = std::chrono::steady_clock;
  bool is_due(std::string_view cause);

  std::mutex mutex_;
  std::map<std::string, Clock::time_point, std::less<>> last_;  // few: the sentences of this folder
};

}  // namespace dontgoback::auth
