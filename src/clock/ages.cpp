#include "ages.hpp"

#include <algorithm>

namespace dontgoback::clock {
namespace {

using time::Span;
using time::Timestamp;

/// What is further ahead than this was written by a clock that was wrong: nodes' clocks differ by seconds.
constexpr std::chrono::hours kCannotBeNow{1};

bool has_aged(const UnconfirmedSpan& span, Timestamp now, Timestamp::duration age) {
  return span.confirmed_at && *span.confirmed_at <= now - age;
}

bool may_be_shown_by_a_right_clock(Timestamp moment, Timestamp now) { return moment <= now + kCannotBeNow; }

}  // namespace

bool older_than(const std::vector<UnconfirmedSpan>& spans, Timestamp now, Timestamp::duration age, Timestamp written) {
  bool in_span = false;
  for (const auto& span : spans) {
    if (!span.contains(written)) continue;
    if (!has_aged(span, now, age)) return false;
    in_span = true;
  }
  return written <= now - age || (in_span && !may_be_shown_by_a_right_clock(written, now));
}

std::vector<Span> spans_older_than(const std::vector<UnconfirmedSpan>& spans, Timestamp now, Timestamp::duration age) {
  // Between neighbouring edges the answer is everywhere the same.
  std::vector<Timestamp> edges{Timestamp::min(), now - age + Timestamp::duration(1),
                               now + kCannotBeNow + Timestamp::duration(1)};
  for (const auto& span : spans) {
    edges.push_back(span.shown.from);
    edges.push_back(span.shown.until);
  }
  std::sort(edges.begin(), edges.end());
  std::vector<Span> aged;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    if (edges[i] == edges[i + 1] || !older_than(spans, now, age, edges[i])) continue;
    if (!aged.empty() && aged.back().until == edges[i]) {
      aged.back().until = edges[i + 1];
    } else {
      aged.push_back({edges[i], edges[i + 1]});
    }
  }
  return aged;
}

}  // namespace dontgoback::clock
