#include "dontgoback/http/event_news.hpp"

#include <algorithm>

namespace dontgoback::http {

std::vector<std::int64_t> those_behind(std::span<const NewsFor> asked, std::span<const LastEvent> last) {
  std::vector<std::int64_t> behind;
  for (const auto& one : asked) {
    const auto found = std::ranges::find(last, one.reader, &LastEvent::reader);
    if (found != last.end() && found->number > one.after) behind.push_back(one.reader);
  }
  return behind;
}

void EventNews::add(const NewsFor& asked, std::int64_t number, const std::function<std::string(EventView)>& text) {
  more_ = more_ || bytes_ >= kBytesAtOnce;
  if (more_) return;
  auto& event = events_.emplace_back();
  event.number = number;
  std::size_t longest = 0;
  for (EventView view = 0; view < kMostViews; ++view) {
    if (!asked.views.test(view)) continue;
    event.text.at(view) = text(view);
    longest = std::max(longest, event.text.at(view).size());
  }
  bytes_ += longest;
  more_ = events_.size() == static_cast<std::size_t>(kEventsAtOnce);
}

std::int64_t EventNews::until() const {
  if (events_.empty()) return last_;
  return more_ ? events_.back().number : std::max(last_, events_.back().number);
}

}  // namespace dontgoback::http
