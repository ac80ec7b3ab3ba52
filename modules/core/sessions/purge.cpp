#include "purge.hpp"

#include "core/accounts.hpp"
#include "purge_store.hpp"

namespace dontgoback::core {
namespace {

constexpr int kGuestsASlice = 100;
constexpr int kRowsASlice = 500;
constexpr std::chrono::hours kDay{24};
constexpr std::chrono::hours kWritersKept{14 * 24};

bool forgotten(const Guest& guest, time::Timestamp now) {
  const auto unused = now - guest.last_seen_at;
  return unused > (guest.wrote ? kWritersKept : kDay);
}

class Purge {
 public:
  Purge(storage::Database& database, time::Timestamp now, const jobs::Run& run)
      : database_(database), now_(now), run_(run) {}

  std::string all() {
    const auto guests = remove_guests();
    std::int64_t rows = 0;
    for (const auto table : {Expiring::sessions, Expiring::refresh_tokens, Expiring::sign_in_links}) {
      rows += remove_rows(table, now_);
    }
    rows += remove_rows(Expiring::idempotency_keys, now_ - kDay);
    return "removed " + std::to_string(guests) + " guests and " + std::to_string(rows) + " expired rows";
  }

 private:
  bool goes_on() const { return !run_.stop.stop_requested() && run_.keep_alive(); }

  std::int64_t remove_guests() {
    std::int64_t removed = 0;
    Guest last{};
    while (goes_on()) {
      const auto slice = database_.read(
          [&](storage::Connection& connection) { return idle_guests(connection, last, now_ - kDay, kGuestsASlice); });
      if (slice.empty()) break;
      for (const auto& guest : slice) {
        if (forgotten(guest, now_) && remove_guest(guest.id)) ++removed;
      }
      last = slice.back();
    }
    return removed;
  }

  /// Looks again before removing: the guest may have come back, or signed in as a member.
  bool remove_guest(UserId id) {
    return database_.write([&](storage::Connection& connection) {
      lock_account(connection, id);
      const auto guest = find_guest(connection, id);
      if (!guest || !forgotten(*guest, now_)) return false;
      remove_account(connection, id);
      return true;
    });
  }

  std::int64_t remove_rows(Expiring table, time::Timestamp before) {
    std::int64_t removed = 0;
    while (goes_on()) {
      const auto slice = database_.write(
          [&](storage::Connection& connection) { return remove_ended(connection, table, before, kRowsASlice); });
      if (slice == 0) break;
      removed += slice;
    }
    return removed;
  }

  storage::Database& database_;
  time::Timestamp now_;
  const jobs::Run& run_;
};

}  // namespace

jobs::Job guest_purge(storage::Database& database, const time::Clock& clock) {
  return {"guest-purge", {std::chrono::hours(4), std::nullopt}, true, [&database, &clock](const jobs::Run& run) {
            return Purge(database, clock.now(), run).all();
          }};
}

}  // namespace dontgoback::core
