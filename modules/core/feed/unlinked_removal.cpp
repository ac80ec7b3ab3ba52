#include "unlinked_removal.hpp"

#include <cstring>

#include "comments.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "posts.hpp"
#include "unlinked_removal_store.hpp"

namespace dontgoback::core::feed {
namespace {

constexpr std::string_view kJob = "unlinked-removal";
constexpr std::chrono::seconds kLook{10};
constexpr std::chrono::hours kEvery{1};

/// Calls `change(connection, id)` for the ids of each slice, a transaction a slice. How many there were.
template <class ThingId, class Some, class Change>
std::int64_t each_slice(storage::Database& database, const Some& some, const Change& change) {
  std::int64_t changed = 0;
  for (ThingId after;;) {
    const auto ids = database.write([&](storage::Connection& connection) {
      auto slice = some(connection, after);
      for (const auto id : slice) change(connection, id);
      return slice;
    });
    changed += static_cast<std::int64_t>(ids.size());
    if (ids.size() < kScheduledAtOnce) return changed;
    after = ids.back();
  }
}

class Removal {
 public:
  Removal(Host& host, const Listeners& listeners) : host_(host), listeners_(listeners) {}

  bool is_due() const {
    const auto now = host_.trust.confirmed_now();
    return now && host_.database.read([&](storage::Connection& c) { return next(c, *now).has_value(); });
  }

  /// How many it deleted.
  std::int64_t run(const jobs::Run& run) const {
    std::int64_t removed = 0;
    while (!run.stop.stop_requested() && run.keep_alive()) {
      const auto now = host_.trust.confirmed_now();
      if (!now) break;
      const auto due = host_.database.read([&](storage::Connection& c) { return next(c, *now); });
      if (!due) break;
      removed += take(*due, *now) ? 1 : 0;
    }
    return removed;
  }

 private:
  static std::optional<Due> next(storage::Connection& connection, time::Timestamp now) {
    return next_due(connection, now, now + kRemovedWithin);
  }

  /// Whether it is deleted now, and not at another moment. What is wrong with one keeps no other.
  bool take(const Due& due, time::Timestamp now) const {
    const auto take = [&](auto id) {
      const bool again = due.moment > now || now - due.moment > kLate;
      try {
        host_.database.write([&](storage::Connection& c) { again ? draw_again(c, id, now) : remove(c, id, now); });
        return !again;
      } catch (const Unavailable&) {
        throw;
      } catch (const std::exception& error) {
        telemetry::log_error("what was written unlinked could not be deleted at its moment", {{"error", error.what()}});
        host_.database.write([&](storage::Connection& c) { draw_again(c, id, now); });
        return false;
      }
    };
    return due.post ? take(*due.post) : take(*due.comment);
  }

  template <class ThingId>
  static void draw_again(storage::Connection& connection, ThingId id, time::Timestamp now) {
    set_moment(connection, id, random_moment(now, kLook, kLateWithin));
  }

  void remove(storage::Connection& connection, PostId id, time::Timestamp now) const {
    finish(connection, id, remove_unlinked(connection, listeners_, id, now));
  }
  void remove(storage::Connection& connection, CommentId id, time::Timestamp now) const {
    finish(connection, id, remove_unlinked(connection, listeners_, id, now));
  }

  /// What is deleted and nobody's is kept for nobody.
  template <class ThingId>
  static void finish(storage::Connection& connection, ThingId id, bool has_owner) {
    has_owner ? set_moment(connection, id, std::nullopt) : erase(connection, id);
  }

  Host& host_;
  const Listeners& listeners_;
};

}  // namespace

time::Timestamp random_moment(time::Timestamp now, time::Timestamp::duration from, time::Timestamp::duration to) {
  std::uint64_t drawn = 0;
  const auto bytes = security::random_bytes(sizeof drawn);
  std::memcpy(&drawn, bytes.data(), sizeof drawn);
  const auto span = static_cast<std::uint64_t>((to - from).count());
  return now + from + time::Timestamp::duration(static_cast<std::int64_t>(drawn % span));
}

Scheduled schedule_removal(storage::Database& database, UserId user, time::Timestamp now) {
  const auto some = [user](storage::Connection& c, auto after) { return without_moment(c, user, after); };
  const auto draw = [now](storage::Connection& c, auto id) {
    set_moment(c, id, random_moment(now, kRemovedNotBefore, kRemovedWithin));
  };
  Scheduled scheduled;
  scheduled.posts = each_slice<PostId>(database, some, draw);
  scheduled.comments = each_slice<CommentId>(database, some, draw);
  return scheduled;
}

void keep_all(storage::Database& database, UserId user) {
  const auto some = [user](storage::Connection& c, auto after) { return with_moment(c, user, after); };
  const auto keep = [](storage::Connection& c, auto id) { set_moment(c, id, std::nullopt); };
  each_slice<PostId>(database, some, keep);
  each_slice<CommentId>(database, some, keep);
}

std::vector<jobs::Job> removal_jobs(Host& host, const Listeners& listeners) {
  return {{.name = "unlinked-look",
           .schedule = {.daily_at = {}, .every = kLook},
           .once_for_all_nodes = false,
           .work = [&host, &listeners](const jobs::Run&) -> std::string {
             if (!Removal(host, listeners).is_due()) return "nothing is due";
             const auto done = host.scheduler.run_now(kJob);
             return done ? *done : "another node deletes";
           },
           .needs_confirmed_clock = true},
          {.name = std::string(kJob),
           .schedule = {.daily_at = {}, .every = kEvery},
           .once_for_all_nodes = true,
           .work = [&host, &listeners](const jobs::Run& run) -> std::string {
             return "deleted " + std::to_string(Removal(host, listeners).run(run));
           },
           .needs_confirmed_clock = true}};
}

}  // namespace dontgoback::core::feed
