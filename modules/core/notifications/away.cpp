#include "catch_up.hpp"
#include "dontgoback/push/message.hpp"
#include "notice_store.hpp"
#include "notifications.hpp"
#include "push_subscriptions/push_subscriptions.hpp"

namespace dontgoback::core::notifications {
namespace {

using storage::Connection;

constexpr std::chrono::seconds kLook{60};
/// While so many pushes wait, nobody is told more of what is said to all: the others are when these have gone out.
constexpr std::int64_t kMostQueued = 5000;

struct Slice {
  std::vector<UserId> subscribed;
  std::vector<UserId> behind;
  bool queue_is_full = false;
};

Slice next_slice(Host& host, UserId after, const Newest& newest, const Moment& moment) {
  return host.database.read([&](Connection& connection) {
    Slice slice;
    slice.subscribed = push_subscriptions::subscribed(connection, after, kAskedAtOnce);
    if (slice.subscribed.empty()) return slice;
    slice.behind = behind_among(connection, slice.subscribed, newest, moment.day, moment.minute);
    slice.queue_is_full =
        !slice.behind.empty() && host.outbox.waiting(connection, push::kTopic, kMostQueued) >= kMostQueued;
    return slice;
  });
}

/// Walks who is subscribed: it reads two rows of each, and writes a transaction of each who is told something.
std::string tell_who_is_away(Host& host, const jobs::Run& run) {
  const auto moment = moment_of(host.clock, host.zone);
  const auto newest = host.database.read([](Connection& connection) { return newest_notice(connection); });
  UserId after;
  std::size_t told = 0;
  const auto said = [&told](std::string_view how) { return "looked at " + std::to_string(told).append(how); };
  while (!run.stop.stop_requested() && run.keep_alive()) {
    const auto slice = next_slice(host, after, newest, moment);
    if (slice.subscribed.empty()) return said(" accounts");
    if (slice.queue_is_full) return said(" accounts; the others when what waits has gone out");
    catch_up(host.database, slice.behind, moment);
    told += slice.behind.size();
    after = slice.subscribed.back();
  }
  return said(" accounts, and was cut short");
}

}  // namespace

std::vector<jobs::Job> own_jobs(Host& host) {
  // At each node: what another one has told is told, and a lease would be a write a minute.
  return {{.name = "notifications-away",
           .schedule = {.daily_at = {}, .every = kLook},
           .once_for_all_nodes = false,
           .work = [&host](const jobs::Run& run) { return tell_who_is_away(host, run); },
           .needs_confirmed_clock = false}};
}

}  // namespace dontgoback::core::notifications
