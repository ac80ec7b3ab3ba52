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
      if (!whose.empty()) {
        auto& of = of_[whose];
        if (of.waiting >= most_waiting_of_one_) return false;
        ++of.waiting;
      }
      waiting_.push_back({std::move(whose), std::move(granted)});
      return true;
    }
  }
  granted(Share(*this, std::move(whose)));
  return true;
}

std::size_t Shares::taken_by(const std::string& whose) const {
  const auto found = of_.find(whose);
  return found == of_.end() ? 0 : found->second.taken;
}

bool Shares::enter(const std::string& whose) {
  if (taken_ >= most_) return false;
  if (!whose.empty()) {
    if (taken_by(whose) >= most_of_one_) return false;
    ++of_[whose].taken;
  }
  ++taken_;
  return true;
}

void Shares::leave(const std::string& whose) {
  --taken_;
  const auto found = whose.empty() ? of_.end() : of_.find(whose);
  if (found == of_.end()) return;
  --found->second.taken;
  if (found->second.taken == 0 && found->second.waiting == 0) of_.erase(found);
}

void Shares::give_back(const std::string& whose) {
  std::unique_lock lock(mutex_);
  leave(whose);
  const auto next = std::ranges::min_element(waiting_, {}, [this](const auto& each) { return taken_by(each.whose); });
  // Who has the fewest may have all that one may: then nobody who waits can have another.
  if (next == waiting_.end() || !enter(next->whose)) return;
  auto [next_whose, granted] = std::move(*next);
  waiting_.erase(next);
  if (!next_whose.empty()) --of_[next_whose].waiting;
  lock.unlock();
  granted(Share(*this, std::move(next_whose)));
}

}  // namespace dontgoback::walk::rpc
