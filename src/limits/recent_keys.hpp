#pragma once

#include <chrono>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace dontgoback::limits {

/// What is known of a bounded number of keys; when there is no space, the key that was put longest ago goes.
class RecentKeys {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  struct Entry {
    std::string key;
    Moment moment{};  ///< of the last event, or when the whole share is back
    std::int64_t events = 0;
  };

  explicit RecentKeys(std::size_t most) : most_(most) {}
  std::size_t size() const { return entries_.size(); }

  const Entry* find(std::string_view key) const;
  /// The key's entry, or a new one, as the latest.
  Entry& put(std::string_view key);
  void erase(std::string_view key);
  /// Of the two entries put longest ago those whose moment is before `moment`. Called for each new key, it goes faster
  /// than they come: what is of no use any more goes after a flood.
  void erase_two_before(Moment moment);

 private:
  const std::size_t most_;
  std::list<Entry> entries_;  // the latest first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;
};

}  // namespace dontgoback::limits
