#include "recent_keys.hpp"

namespace dontgoback::limits {

const RecentKeys::Entry* RecentKeys::find(std::string_view key) const {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? nullptr : &*found->second;
}

RecentKeys::Entry& RecentKeys::put(std::string_view key) {
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    entries_.splice(entries_.begin(), entries_, found->second);
    return entries_.front();
  }
  if (entries_.size() >= most_) erase(entries_.back().key);
  auto& entry = entries_.emplace_front();
  entry.key = key;
  by_key_.emplace(entry.key, entries_.begin());
  return entry;
}

void RecentKeys::erase(std::string_view key) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return;
  const auto entry = found->second;
  by_key_.erase(found);
  entries_.erase(entry);
}

void RecentKeys::erase_two_before(Moment moment) {
  for (int i = 0; i < 2 && !entries_.empty() && entries_.back().moment < moment; ++i) erase(entries_.back().key);
}

}  // namespace dontgoback::limits
