#include "recorded_trust.hpp"

#include <algorithm>

#include "store.hpp"

namespace dontgoback::clock {
namespace {

using time::Timestamp;

/// Nothing is kept that long by its age: `--audit-days` goes to 3 650.
constexpr std::chrono::days kForgottenAfter{4000};
/// A restart goes on with the span that another start began, so that a machine that starts again and again writes one.
constexpr std::chrono::days kSameSpan{1};
/// Other nodes write down their spans in the database they share.
constexpr std::chrono::seconds kReadEvery{60};

bool is_open(const UnconfirmedSpan& span) { return !span.confirmed_at; }

}  // namespace

void RecordedTrust::look() {
  const std::lock_guard one_at_a_time(looking_);
  const auto look = watch_.look();
  if (!known_ || look.steady - read_at_ >= kReadEvery) {
    read();
    read_at_ = look.steady;
  }
  if (!look.confirmed()) {
    write_down(look);
  } else if (!was_confirmed_) {
    close(look.now);
  }
  was_confirmed_ = look.confirmed();
}

void RecordedTrust::write_down(const Watch::Look& look) {
  // What was written after the clock was set, and before this look noticed, shows the new time already.
  const time::Span wanted{look.now - 2 * kLookEvery, look.now + kAhead};
  const auto current = std::find_if(spans_.begin(), spans_.end(), [&](const UnconfirmedSpan& span) {
    return is_open(span) && span.shown.from <= look.now && look.now < span.shown.until + kSameSpan;
  });
  if (current != spans_.end() && look.now + kAhead / 2 < current->shown.until) {
    return;
  }
  database_.write([&](storage::Connection& connection) {
    if (current != spans_.end()) {
      const time::Span longer{std::min(current->shown.from, wanted.from), std::max(current->shown.until, wanted.until)};
      if (extend_span(connection, current->id, longer)) return;
    }
    add_span(connection, wanted);
  });
  read();
}

void RecordedTrust::close(Timestamp now) {
  if (std::none_of(spans_.begin(), spans_.end(), is_open)) return;
  database_.write([&](storage::Connection& connection) {
    close_spans(connection, now);
    forget_spans(connection, now - kForgottenAfter);
  });
  read();
}

void RecordedTrust::read() {
  auto spans = database_.read([](storage::Connection& connection) { return all_spans(connection); });
  const std::lock_guard lock(mutex_);
  spans_ = std::move(spans);
  known_ = true;
}

std::optional<Timestamp> RecordedTrust::confirmed_now() const {
  const auto look = watch_.look();
  if (!look.confirmed()) return std::nullopt;
  return look.now;
}

bool RecordedTrust::older_than(Timestamp::duration age, Timestamp written) const {
  const auto now = confirmed_now();
  const std::lock_guard lock(mutex_);
  return now && known_ && clock::older_than(spans_, *now, age, written);
}

std::vector<time::Span> RecordedTrust::spans_older_than(Timestamp::duration age) {
  const auto now = confirmed_now();
  if (!now) return {};
  const std::lock_guard one_at_a_time(looking_);
  read();
  close(*now);  // also those of nodes that are not confirmed, which then begin new ones
  const std::lock_guard lock(mutex_);
  return clock::spans_older_than(spans_, *now, age);
}

}  // namespace dontgoback::clock
