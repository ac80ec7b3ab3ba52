#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace dontgoback::shared {

/// The other nodes that are heard. One that ends without a word may have had something to say: whoever dies between a
/// commit and telling of it is known by its silence.
class Neighbours {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  /// Whoever comes when so many are known is not looked after: names come from outside.
  static constexpr std::size_t kMost = 256;

  /// `silence`: after it a node is taken for dead.
  explicit Neighbours(std::chrono::milliseconds silence) : silence_(silence) {}

  void heard(std::string_view node, Moment now) {
    if (const auto found = last_.find(node); found != last_.end()) {
      found->second = now;
    } else if (last_.size() < kMost) {
      last_.emplace(node, now);
    }
  }
  /// It said that it ends.
  void left(std::string_view node) {
    if (const auto found = last_.find(node); found != last_.end()) last_.erase(found);
  }
  /// Nobody was listened to for a while.
  void forget() { last_.clear(); }
  /// Whether any has died since this was asked.
  bool has_lost_one(Moment now) {
    return std::erase_if(last_, [&](const auto& each) { return now - each.second > silence_; }) > 0;
  }

 private:
  const std::chrono::milliseconds silence_;
  std::map<std::string, Moment, std::less<>> last_;
};

}  // namespace dontgoback::shared
