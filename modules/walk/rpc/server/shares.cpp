#include "shares.hpp"

#include <algorithm>

namespace dontgoback::walk::rpc {

std::optional<Shares::Share> Shares::take(std::string whose) {
  const std::lock_guard lock(mutex_);
  if (!enter(whose)) return std::nullopt;
  return Share(*this, std::move(whose));
}

bool Shares::await(std::string whose, Granted granted) {
  {
    const std::lock_guard lock(mutex_);
    if (!enter(whose)) {
      if (waiting_.size() >= most_waiting_) return false;
      waiting_.push_back({std::move(whose), std::move(granted)});
      return true;
    }
  }
  granted(Share(*this, std::move(whose)));
  return true;
}

bool Shares::enter(const std::string& whose) {
  if (taken_ >= most_) return false;
  if (!whose.empty()) {
    auto& count = of_[whose];
    if (count >= most_of_one_) return false;
    ++count;
  }
  ++taken_;
  return true;
}

void Shares::leave(const std::string& whose) {
  --taken_;
  const auto found = whose.empty() ? of_.end() : of_.find(whose);
  if (found != of_.end() && --found->second == 0) of_.erase(found);
}

void Shares::give_back(const std::string& whose) {
  std::unique_lock lock(mutex_);
  leave(whose);
  const auto next =
      std::find_if(waiting_.begin(), waiting_.end(), [this](const auto& each) { return enter(each.whose); });
  if (next == waiting_.end()) return;
  auto [next_whose, granted] = std::move(*next);
  waiting_.erase(next);
  lock.unlock();
  granted(Share(*this, std::move(next_whose)));
}

}  // namespace dontgoback::walk::rpc
