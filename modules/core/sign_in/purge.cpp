#include "purge.hpp"

#include "accounts/accounts.hpp"
#include "links.hpp"
#include "purge_store.hpp"
#include "sessions/sessions.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr int kGuestsASlice = 100;
constexpr int kRowsASlice = 500;
constexpr std::chrono::hours kDay{24};
constexpr std::chrono::hours kWritersKept{14 * 24};

time::Timestamp later(time::Timestamp moment, time::Timestamp::duration by) {
  return moment < time::Timestamp::max() - by ? moment + by : time::Timestamp::max();
}

class Purge {
 public:
  Purge(storage::Database& database, time::ClockTrust& trust, const jobs::Run& run)
      : database_(database), trust_(trust), run_(run) {}

  std::string all() {
    std::int64_t guests = 0;
    for (const auto& seen : trust_.spans_older_than(kDay)) guests += remove_guests(seen);
    std::int64_t rows = remove_rows(Expiring::sessions, sessions::kSessionLife);
    rows += remove_rows(Expiring::refresh_tokens, sessions::kSessionLife);
    rows += remove_rows(Expiring::sign_in_links, kLinkLife);
    for (const auto& made : trust_.spans_older_than(kDay)) rows += remove_rows(Expiring::idempotency_keys, made);
    return "removed " + std::to_string(guests) + " guests and " + std::to_string(rows) + " expired rows";
  }

 private:
  bool goes_on() const { return !run_.stop.stop_requested() && run_.keep_alive(); }

  bool forgotten(const Guest& guest) const {
    return trust_.older_than(guest.wrote ? kWritersKept : kDay, guest.last_seen_at);
  }

  std::int64_t remove_guests(const time::Span& seen) {
    std::int64_t removed = 0;
    Guest last{{}, seen.from, false};
    while (goes_on()) {
      const auto slice = database_.read(
          [&](storage::Connection& connection) { return idle_guests(connection, last, seen.until, kGuestsASlice); });
      if (slice.empty()) break;
      for (const auto& guest : slice) {
        if (forgotten(guest) && remove_guest(guest.id)) ++removed;
      }
      last = slice.back();
    }
    return removed;
  }

  /// Looks again before removing: the guest may have come back, or signed in as a member.
  bool remove_guest(UserId id) {
    return database_.write([&](storage::Connection& connection) {
      accounts::lock_account(connection, id);
      const auto guest = find_guest(connection, id);
      if (!guest || !forgotten(*guest)) return false;
      accounts::remove_account(connection, id);
      return true;
    });
  }

  /// Of rows that say when they end: a life after they were written.
  std::int64_t remove_rows(Expiring table, time::Timestamp::duration life) {
    std::int64_t removed = 0;
    for (const auto& written : trust_.spans_older_than(life)) {
      removed += remove_rows(table, {later(written.from, life), later(written.until, life)});
    }
    return removed;
  }

  std::int64_t remove_rows(Expiring table, const time::Span& span) {
    std::int64_t removed = 0;
    while (goes_on()) {
      const auto slice = database_.write(
          [&](storage::Connection& connection) { return remove_ended(connection, table, span, kRowsASlice); });
      if (slice == 0) break;
      removed += slice;
    }
    return removed;
  }

  storage::Database& database_;
  time::ClockTrust& trust_;
  const jobs::Run& run_;
};

}  // namespace

jobs::Job guest_purge(storage::Database& database, time::ClockTrust& trust) {
  return {.name = "guest-purge",
          .schedule = {.daily_at = std::chrono::hours(4), .every = {}},
          .once_for_all_nodes = true,
          .work = [&database, &trust](const jobs::Run& run) { return Purge(database, trust, run).all(); },
          .needs_confirmed_clock = true};
}

}  // namespace dontgoback::core::sign_in
