#include "closing_store.hpp"
#include "leaving.hpp"
#include "wish.hpp"

namespace dontgoback::core::leaving {
namespace {

constexpr int kAccountsASlice = 100;

class Purge {
 public:
  Purge(const expiry::Sweep& sweep, const time::Clock& clock, const time::Zone& zone,
        const accounts::LifeCycle& life_cycle)
      : sweep_(sweep), clock_(clock), zone_(zone), life_cycle_(life_cycle) {}

  std::int64_t remove_asked_within(const time::Span& span) const {
    std::int64_t removed = 0;
    Closing last{{}, span.from};
    while (sweep_.goes_on()) {
      const auto slice = sweep_.database.read(
          [&](storage::Connection& connection) { return closings(connection, last, span.until, kAccountsASlice); });
      if (slice.empty()) break;
      for (const auto& closing : slice) removed += remove(closing.user) ? 1 : 0;
      last = slice.back();
    }
    return removed;
  }

 private:
  enum class Step { gone, goes_on, stays };

  bool is_due(const Closing& closing) const {
    return sweep_.trust.older_than(kReturn, closing.since) &&
           last_day(closing.since, zone_) < zone_.day_of(clock_.now());
  }

  /// Looks again before each slice: its owner may have come back.
  Step remove_slice(storage::Connection& connection, UserId user) const {
    accounts::lock_account(connection, user);
    const auto closing = find_closing(connection, user);
    if (!closing || !is_due(*closing)) return Step::stays;
    return life_cycle_.remove_slice(connection, user, clock_.now()) ? Step::gone : Step::goes_on;
  }

  bool remove(UserId user) const {
    auto step = Step::goes_on;
    while (step == Step::goes_on && sweep_.goes_on()) {
      step = sweep_.database.write([&](storage::Connection& connection) { return remove_slice(connection, user); });
    }
    return step == Step::gone;
  }

  const expiry::Sweep& sweep_;
  const time::Clock& clock_;
  const time::Zone& zone_;
  const accounts::LifeCycle& life_cycle_;
};

}  // namespace

std::vector<jobs::Job> own_jobs(Host& host, const accounts::LifeCycle& life_cycle) {
  return {{.name = "account-purge",
           .schedule = {.daily_at = std::chrono::hours(4) + std::chrono::minutes(30), .every = {}},
           .once_for_all_nodes = true,
           .work =
               [&host, &life_cycle](const jobs::Run& run) {
                 const expiry::Sweep sweep{host.database, host.trust, run};
                 const Purge purge(sweep, host.clock, host.zone, life_cycle);
                 std::int64_t removed = 0;
                 for (const auto& span : host.trust.spans_older_than(kReturn)) {
                   removed += purge.remove_asked_within(span);
                 }
                 return "removed " + std::to_string(removed) + " accounts";
               },
           .needs_confirmed_clock = true}};
}

}  // namespace dontgoback::core::leaving
