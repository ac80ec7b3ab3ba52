#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>

#include "answer.hpp"
#include "origins.hpp"

namespace dontgoback::push {

/// Lets calls to services through as Origins has it. Any thread.
class Gate {
 public:
  explicit Gate(Origins::Rules rules = {}) : origins_(rules) {}

  /// Calls now, within the time limit that `call` is given, or says why it is not tried; waits a moment for another
  /// call to the origin to end.
  Answer call(const std::string& origin, const std::function<Answer(std::chrono::seconds)>& call);

 private:
  Origins::Turn turn_at(const std::string& origin);
  void note(const std::string& origin, const Answer& answer, Origins::Time begun);

  std::mutex mutex_;
  std::condition_variable ended_;
  Origins origins_;
};

}  // namespace dontgoback::push
