#include "life_cycle.hpp"

#include "dontgoback/http/error.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "session_store.hpp"
#include "tokens.hpp"

namespace dontgoback::walk::walkers {
namespace {

constexpr std::chrono::hours kBetweenNames{7 * 24};
constexpr int kWalkersASlice = 100;
constexpr int kRowsASlice = 500;

constexpr Failure kTaken{FailureKind::conflict,
                         {"이미 다른 사람이 쓰는 별명입니다.", "Somebody else has that nickname."}};
constexpr Failure kTooSoon{FailureKind::forbidden,
                           {"별명은 일주일에 한 번만 바꿀 수 있습니다.", "A nickname can be changed once a week."}};

bool is_over(const Leaving& leaving, time::ClockTrust& trust) {
  return leaving.since == kLongAgo || trust.older_than(kReturn, leaving.since);
}

enum class Step { gone, goes_on, stays };

/// Looks again before each slice: its owner may have come back.
template <class IsOver>
Step remove_slice(storage::Connection& connection, const Subscribers& subscribers, WalkerId id, IsOver is_over_now) {
  if (!lock_walker(connection, id)) return Step::gone;
  const auto walker = find(connection, id);
  const auto since = status_at(connection, id);
  if (!walker || !since || walker->status != Status::leaving || !is_over_now(Leaving{id, *since})) return Step::stays;
  for (const auto* each : subscribers) {
    if (!each->removed_some(connection, id)) return Step::goes_on;
  }
  for (const auto* each : subscribers) each->removed(connection, id);
  delete_walker(connection, id);
  return Step::gone;
}

using RemoveSlice = std::int64_t (*)(storage::Connection&, const time::Span&, int);

/// Of rows whose moment is a `life` after they were written.
std::int64_t remove_rows(const Sweep& sweep, time::Timestamp::duration age, time::Timestamp::duration life,
                         RemoveSlice remove) {
  const auto later = [life](time::Timestamp moment) {
    return moment < time::Timestamp::max() - life ? moment + life : time::Timestamp::max();
  };
  std::int64_t removed = 0;
  for (const auto& span : sweep.trust.spans_older_than(age)) {
    const time::Span within{later(span.from), later(span.until)};
    while (sweep.goes_on()) {
      const auto some = sweep.database.write(
          [&](storage::Connection& connection) { return remove(connection, within, kRowsASlice); });
      if (some == 0) break;
      removed += some;
    }
  }
  return removed;
}

}  // namespace

void change_status(storage::Connection& connection, const Subscribers& subscribers, WalkerId id, Status to,
                   time::Timestamp now) {
  const auto walker = find(connection, id);
  if (!walker || walker->status == to) return;
  set_status(connection, id, to, now);
  if (to != Status::active) end_sessions(connection, id, 0, now);
  for (const auto* each : subscribers) each->status_changed(connection, id, walker->status, to, now);
}

void rename(storage::Connection& connection, const Subscribers& subscribers, WalkerId id, std::string_view nickname,
            time::Timestamp now) {
  const auto wanted = http::unwrap(read_nickname(nickname));
  const auto walker = find(connection, id);
  if (!walker) throw http::Error(kNoWalker);
  if (walker->nickname == wanted.text) return;
  const auto last = renamed_at(connection, id);
  // A moment to come was a wrong clock's, and keeps nobody for long.
  if (!walker->nickname.empty() && last && *last <= now && now - *last < kBetweenNames) throw http::Error(kTooSoon);
  // The first one is free: it may be changed at once.
  const auto counts = walker->nickname.empty() ? std::nullopt : std::optional(now);
  if (!set_nickname(connection, id, wanted, counts)) throw http::Error(kTaken);
  for (const auto* each : subscribers) each->renamed(connection, id);
}

Result<Done> give_nickname(storage::Connection& connection, const Subscribers& subscribers, WalkerId id,
                           const std::optional<Nickname>& nickname) {
  if (!set_nickname(connection, id, nickname, time::Timestamp{})) return kTaken;
  for (const auto* each : subscribers) each->renamed(connection, id);
  return Done{};
}

void merge(storage::Connection& connection, const Subscribers& subscribers, WalkerId from, WalkerId to,
           time::Timestamp now) {
  for (const auto* each : subscribers) each->merged(connection, from, to);
  move_identities(connection, from, to);
  const auto person = person_of(connection, from);
  set_person(connection, from, std::nullopt);
  if (person && !person_of(connection, to)) set_person(connection, to, person);
  const auto before = find(connection, from);
  const auto after = find(connection, to);
  set_nickname(connection, from, std::nullopt, std::nullopt);
  // Who has no name yet goes on by the other's.
  if (before && after && after->nickname.empty()) {
    if (const auto taken = read_nickname(before->nickname)) {
      set_nickname(connection, to, *taken, renamed_at(connection, from));
      for (const auto* each : subscribers) each->renamed(connection, to);
    }
  }
  set_consent(connection, from, std::nullopt);
  end_sessions(connection, from, 0, now);
  set_status(connection, from, Status::leaving, kLongAgo);
}

std::int64_t remove_left(const Sweep& sweep, const Subscribers& subscribers) {
  std::int64_t removed = 0;
  auto spans = sweep.trust.spans_older_than(kReturn);
  spans.insert(spans.begin(), {kLongAgo, kLongAgo + std::chrono::milliseconds(1)});
  for (auto span : spans) {
    while (sweep.goes_on()) {
      const auto slice = sweep.database.read(
          [&](storage::Connection& connection) { return leaving_within(connection, span, kWalkersASlice); });
      if (slice.empty()) break;
      for (const auto& leaving : slice) {
        try {
          auto step = Step::goes_on;
          while (step == Step::goes_on && sweep.goes_on()) {
            step = sweep.database.write([&](storage::Connection& connection) {
              return remove_slice(connection, subscribers, leaving.id,
                                  [&](const Leaving& now) { return is_over(now, sweep.trust); });
            });
          }
          removed += step == Step::gone ? 1 : 0;
        } catch (const Unavailable&) {
          throw;
        } catch (const std::exception& error) {  // what is wrong with this one keeps no other
          telemetry::log_error("a walker could not be removed",
                               {{"walker", leaving.id.value}, {"cause", error.what()}});
        }
      }
      // Those of the same moment that are left wait for the next run.
      span.from = slice.back().since + std::chrono::milliseconds(1);
    }
  }
  return removed;
}

void remove_merged(storage::Database& database, const Subscribers& subscribers, WalkerId id) {
  auto step = Step::goes_on;
  while (step == Step::goes_on) {
    step = database.write([&](storage::Connection& connection) {
      return remove_slice(connection, subscribers, id, [](const Leaving& now) { return now.since == kLongAgo; });
    });
  }
}

std::int64_t remove_expired(const Sweep& sweep) {
  constexpr time::Timestamp::duration kNone{};
  // What ended is kept for longer than any access token is good, whatever two clocks say.
  return remove_rows(sweep, kSessionLife, kSessionLife, delete_sessions_within) +
         remove_rows(sweep, kSessionLife, kSessionLife, delete_refresh_tokens_within) +
         remove_rows(sweep, 2 * kAccessTokenLife, kNone, delete_ended_within) +
         remove_rows(sweep, std::chrono::hours(1), kNone, delete_proofs_within);
}

}  // namespace dontgoback::walk::walkers
