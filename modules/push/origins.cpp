#include "origins.hpp"

#include <algorithm>

namespace dontgoback::push {
namespace {

using std::chrono::seconds;

/// Rounded up, so that it is over by then.
seconds until(Origins::Time then, Origins::Time now) {
  return then > now ? std::chrono::ceil<seconds>(then - now) : seconds(0);
}

}  // namespace

Origins::State& Origins::remember(const std::string& origin, Time now) {
  if (states_.size() >= kRemembered && !states_.contains(origin)) {
    states_.erase(std::ranges::min_element(
        states_, {}, [](const auto& each) { return std::pair(each.second.calls > 0, each.second.used); }));
  }
  auto& state = states_[origin];
  state.used = now;
  return state;
}

Origins::State& Origins::state_after(const std::string& origin, Time now, Span took) {
  auto& state = remember(origin, now);
  state.calls = std::max(state.calls - 1, 0);
  state.quick = took <= kSlow;
  if (state.quick) next_unknown_ = now;  // there was nothing to wait for
  return state;
}

Origins::Turn Origins::ask(const std::string& origin, Time now) {
  const auto found = states_.find(origin);
  if (found != states_.end() && now < found->second.not_before) return {until(found->second.not_before, now)};
  if (rules_.trusted || (found != states_.end() && found->second.quick)) {
    if (found != states_.end() && found->second.calls >= rules_.at_once) return {.busy = true};
    ++remember(origin, now).calls;
    return {seconds(0), kTimeLimit};
  }
  if (now < next_unknown_) return {until(next_unknown_, now)};
  next_unknown_ = now + kUnknownEvery;
  ++remember(origin, now).calls;
  return {seconds(0), kUnknownTimeLimit};
}

void Origins::ended(const std::string& origin, Time now, Span took) {
  auto& state = state_after(origin, now, took);
  state.failures = 0;
  // What answers within a second never waits.
  state.not_before = took > seconds(1) && !rules_.trusted ? now + 10 * took : now;
}

void Origins::failed(const std::string& origin, Time now, Span took, seconds pause) {
  auto& state = state_after(origin, now, took);
  const auto own = seconds(std::int64_t{1} << std::min(state.failures++, 10));
  state.not_before = now + std::min(pause > seconds(0) ? pause : own, rules_.longest_pause);
}

}  // namespace dontgoback::push
