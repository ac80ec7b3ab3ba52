#include "meters.hpp"

#include <algorithm>
#include <vector>

namespace dontgoback::limits {

Meters::Moment* Meters::find(std::string_view key) {
  const auto found = whole_at_.find(key);
  return found == whole_at_.end() ? nullptr : &found->second;
}

void Meters::add(std::string_view key, Moment whole_at, Moment now) {
  tidy(now);
  if (whole_at_.size() >= most_) make_space(now);
  whole_at_.emplace(key, whole_at);
}

void Meters::tidy(Moment now) {
  for (int i = 0; i < 2; ++i) {
    const auto places = whole_at_.bucket_count();
    if (next_place_ >= places) next_place_ = 0;
    std::vector<Map::key_type> gone;
    for (auto at = whole_at_.begin(next_place_); at != whole_at_.end(next_place_); ++at) {
      if (at->second <= now) gone.push_back(at->first);
    }
    for (const auto& key : gone) whole_at_.erase(key);
    ++next_place_;
  }
}

void Meters::make_space(Moment now) {
  std::erase_if(whole_at_, [now](const auto& each) { return each.second <= now; });
  const auto enough = most_ - most_ / 4;
  if (whole_at_.size() <= enough) return;
  auto surplus = whole_at_.size() - enough;
  std::vector<Moment> moments;
  moments.reserve(whole_at_.size());
  for (const auto& [key, whole_at] : whole_at_) moments.push_back(whole_at);
  const auto last = moments.begin() + static_cast<std::ptrdiff_t>(surplus) - 1;
  std::nth_element(moments.begin(), last, moments.end());
  surplus -= std::erase_if(whole_at_, [bound = *last](const auto& each) { return each.second < bound; });
  std::erase_if(whole_at_, [bound = *last, &surplus](const auto& each) {
    return each.second == bound && surplus > 0 && surplus-- > 0;
  });
}

}  // namespace dontgoback::limits
