#include "gate.hpp"

namespace dontgoback::push {
namespace {

/// So long one waits for a call to a service to end rather than put its push off, which is a write.
constexpr std::chrono::milliseconds kPatience{200};

}  // namespace

Answer Gate::call(const std::string& origin, const std::function<Answer(std::chrono::seconds)>& call) {
  const auto turn = turn_at(origin);
  if (turn.busy) return {Answer::Kind::not_tried, {}, "has as many calls as it gets at once"};
  if (turn.wait.count() > 0) return {Answer::Kind::not_tried, turn.wait, "is not called for a while"};
  const auto begun = std::chrono::steady_clock::now();
  Answer answer{Answer::Kind::later, {}, "it could not be called"};
  try {
    answer = call(turn.time_limit);
  } catch (...) {
    note(origin, answer, begun);
    throw;
  }
  note(origin, answer, begun);
  return answer;
}

Origins::Turn Gate::turn_at(const std::string& origin) {
  std::unique_lock lock(mutex_);
  auto turn = origins_.ask(origin, std::chrono::steady_clock::now());
  if (!turn.busy) return turn;
  ended_.wait_for(lock, kPatience, [&] {
    turn = origins_.ask(origin, std::chrono::steady_clock::now());
    return !turn.busy;
  });
  return turn;
}

void Gate::note(const std::string& origin, const Answer& answer, Origins::Time begun) {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  const bool in_vain = answer.kind == Answer::Kind::later || answer.kind == Answer::Kind::misconfigured;
  if (in_vain && !answer.of_this_device) {
    origins_.failed(origin, now, now - begun, answer.pause);
  } else {
    origins_.ended(origin, now, now - begun);
  }
  ended_.notify_all();
}

}  // namespace dontgoback::push
