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

  struct Done {
    std::int64_t removed = 0;
    std::int64_t failed = 0;
  };

  void remove_asked_within(const time::Span& span, Done& done) const {
    Closing last{{}, span.from};
    while (sweep_.goes_on()) {
      const auto slice = sweep_.database.read(
          [&](storage::Connection& connection) { return closings(connection, last, span.until, kAccountsASlice); });
      if (slice.empty()) break;
      for (const auto& closing : slice) {
        const auto removal = expiry::remove_one(sweep_, closing.user, [&](storage::Connection& connection) {
          return remove_slice(connection, closing.user);
        });
        done.removed += removal == expiry::Removal::removed ? 1 : 0;
        done.failed += removal == expiry::Removal::failed ? 1 : 0;
      }
      last = slice.back();
    }
  }

 private:
  bool is_due(const Closing& closing) const {
    return sweep_.trust.older_than(kReturn, closing.since) &&
           last_day(closing.since, zone_) < zone_.day_of(clock_.now());
  }

  /// Looks again before each slice: its owner may have come back.
  expiry::Step remove_slice(storage::Connection& connection, UserId user) const {
    accounts::lock_account(connection, user);
    const auto closing = find_closing(connection, user);
    if (!closing || !is_due(*closing)) return expiry::Step::stays;
    return life_cycle_.remove_slice(connection, user, clock_.now()) ? expiry::Step::gone : expiry::Step::goes_on;
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
                 Purge::Done done;
                 for (const auto& span : host.trust.spans_older_than(kReturn)) purge.remove_asked_within(span, done);
                 const auto said = "removed " + std::to_string(done.removed) + " accounts";
                 return done.failed == 0 ? said : said + ", failed " + std::to_string(done.failed);
               },
           .needs_confirmed_clock = true}};
}

}  // namespace dontgoback::core::leaving
