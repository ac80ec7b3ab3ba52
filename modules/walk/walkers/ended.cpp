#include "ended.hpp"

#include "dontgoback/result.hpp"
#include "dontgoback/text/number.hpp"
#include "session_store.hpp"
#include "walkers.hpp"

namespace dontgoback::walk::walkers {
namespace {

using std::chrono::seconds;

constexpr seconds kLookEvery{1};
constexpr seconds kWaitForLook{2};      ///< one that is older is not good enough to go on with
constexpr seconds kReadAnewEvery{600};  ///< what the database has forgotten is forgotten here
constexpr std::size_t kMost = 100'000;
constexpr std::size_t kAtOnce = 5'000;
constexpr std::int64_t kOverlap = 256;  ///< transactions under way at once, of which a later number may come first

}  // namespace

EndedSessions::EndedSessions(storage::Database& database, shared::State& state, const time::Clock& clock)
    : database_(database),
      clock_(clock),
      subscription_(state.subscribe(
          kSessionEndedTopic,
          [this](std::string_view message) {
            if (const auto session = text::number<std::int64_t>(message)) add(*session);
          },
          [this] { lost_ = true; })) {}

void EndedSessions::add(std::int64_t session) {
  const std::unique_lock lock(mutex_);
  if (ended_.size() < kMost) {
    ended_.insert(session);
  } else {
    too_many_ = true;
  }
  if (reading_anew_) heard_.push_back(session);
}

bool EndedSessions::is_look_due(Moment now) const {
  const auto looked_at = looked_at_.load();
  return lost_ || looked_at == Moment::min() || now - looked_at >= kLookEvery;
}

EndedSessions::Is EndedSessions::state_of(std::int64_t session) {
  const auto now = clock_.steady();
  if (is_look_due(now)) look(now);
  return kept_state_of(session);
}

std::optional<EndedSessions::Is> EndedSessions::known_state_of(std::int64_t session) {
  if (is_look_due(clock_.steady())) return std::nullopt;
  const auto state = kept_state_of(session);
  return state == Is::unknown ? std::nullopt : std::optional(state);
}

EndedSessions::Is EndedSessions::kept_state_of(std::int64_t session) {
  const std::shared_lock lock(mutex_);
  if (ended_.contains(session)) return Is::ended;
  return too_many_ ? Is::unknown : Is::going_on;
}

void EndedSessions::look(Moment now) {
  std::unique_lock looking(looking_, std::try_to_lock);
  if (!looking) {
    const auto looked_at = looked_at_.load();
    if (!lost_ && looked_at != Moment::min() && now - looked_at < kWaitForLook) return;  // somebody does
    looking.lock();
  }
  // While the database is away those who wait do not try it one after the other.
  const auto failed_at = failed_at_.load();
  if (failed_at != Moment::min() && now - failed_at < kLookEvery) throw Unavailable("ended sessions cannot be read");
  const auto looked_at = looked_at_.load();
  const bool lost = lost_.exchange(false);
  if (!lost && looked_at != Moment::min() && now - looked_at < kLookEvery) return;
  try {
    const auto anew_at = read_anew_at_.load();
    if (anew_at == Moment::min() || now - anew_at >= kReadAnewEvery) {
      read_anew();
      read_anew_at_ = now;
    } else {
      read_newer();
    }
  } catch (...) {
    if (lost) lost_ = true;
    failed_at_ = now;
    throw;
  }
  looked_at_ = now;
}

void EndedSessions::read_newer() {
  for (std::int64_t after = last_number_ - kOverlap;;) {
    const auto ended =
        database_.read([&](storage::Connection& connection) { return ended_after(connection, after, kAtOnce); });
    for (const auto& each : ended) add(each.session);
    if (ended.empty()) return;
    after = ended.back().number;
    last_number_ = std::max(last_number_, after);
    if (ended.size() < kAtOnce) return;
  }
}

void EndedSessions::read_anew() {
  {
    const std::unique_lock lock(mutex_);
    reading_anew_ = true;
    heard_.clear();
  }
  std::unordered_set<std::int64_t> all;
  std::int64_t last = 0;
  bool too_many = false;
  try {
    for (;;) {
      const auto ended =
          database_.read([&](storage::Connection& connection) { return ended_after(connection, last, kAtOnce); });
      for (const auto& each : ended) all.insert(each.session);
      if (!ended.empty()) last = ended.back().number;
      too_many = all.size() > kMost;
      if (ended.size() < kAtOnce || too_many) break;
    }
  } catch (...) {
    const std::unique_lock lock(mutex_);
    reading_anew_ = false;
    heard_.clear();
    throw;
  }
  const std::unique_lock lock(mutex_);
  all.insert(heard_.begin(), heard_.end());
  ended_ = std::move(all);
  too_many_ = too_many;
  reading_anew_ = false;
  heard_.clear();
  last_number_ = last;
}

}  // namespace dontgoback::walk::walkers
