#include <algorithm>
#include <chrono>

#include "sign_in.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr int kGuestsASlice = 100;
constexpr std::chrono::hours kSilentKept{24};
constexpr std::chrono::hours kWritersKept{14 * 24};

class GuestPurge {
 public:
  GuestPurge(const expiry::Sweep& sweep, const time::Clock& clock, const accounts::LifeCycle& life_cycle,
             const WhoWrote& who_wrote)
      : sweep_(sweep), clock_(clock), life_cycle_(life_cycle), who_wrote_(who_wrote) {}

  std::int64_t remove_seen_within(const time::Span& seen) const {
    std::int64_t removed = 0;
    accounts::Guest last{{}, seen.from};
    while (sweep_.goes_on()) {
      const auto slice = sweep_.database.read(
          [&](storage::Connection& connection) { return next_slice(connection, last, seen.until); });
      if (slice.guests.empty()) break;
      for (const auto& guest : slice.guests) {
        if (!is_forgotten(guest, slice.writers)) continue;
        const auto removal = expiry::remove_one(
            sweep_, guest.id, [&](storage::Connection& connection) { return remove_slice(connection, guest.id); });
        removed += removal == expiry::Removal::removed ? 1 : 0;
      }
      last = slice.guests.back();
    }
    return removed;
  }

 private:
  struct Slice {
    std::vector<accounts::Guest> guests;
    std::vector<UserId> writers;  // ascending
  };

  Slice next_slice(storage::Connection& connection, const accounts::Guest& after, time::Timestamp before) const {
    Slice slice{accounts::idle_guests(connection, after, before, kGuestsASlice), {}};
    std::vector<UserId> ids;
    for (const auto& guest : slice.guests) ids.push_back(guest.id);
    std::ranges::sort(ids);
    slice.writers = who_wrote_(connection, ids);
    return slice;
  }

  bool is_forgotten(const accounts::Guest& guest, const std::vector<UserId>& writers) const {
    const bool wrote = std::ranges::binary_search(writers, guest.id);
    return sweep_.trust.older_than(wrote ? kWritersKept : kSilentKept, guest.last_seen_at);
  }

  /// Looks again before removing: the guest may have come back, or signed in as a member.
  expiry::Step remove_slice(storage::Connection& connection, UserId id) const {
    accounts::lock_account(connection, id);
    const auto guest = accounts::find_guest(connection, id);
    if (!guest || !is_forgotten(*guest, who_wrote_(connection, {&id, 1}))) return expiry::Step::stays;
    return life_cycle_.remove_slice(connection, id, clock_.now()) ? expiry::Step::gone : expiry::Step::goes_on;
  }

  const expiry::Sweep& sweep_;
  const time::Clock& clock_;
  const accounts::LifeCycle& life_cycle_;
  const WhoWrote& who_wrote_;
};

}  // namespace

std::int64_t purge_guests(const expiry::Sweep& sweep, const time::Clock& clock, const accounts::LifeCycle& life_cycle,
                          const WhoWrote& who_wrote) {
  const GuestPurge purge(sweep, clock, life_cycle, who_wrote);
  std::int64_t removed = 0;
  for (const auto& seen : sweep.trust.spans_older_than(kSilentKept)) removed += purge.remove_seen_within(seen);
  return removed;
}

}  // namespace dontgoback::core::sign_in
