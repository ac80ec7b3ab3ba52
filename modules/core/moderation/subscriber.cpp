#include "act_store.hpp"
#include "acts.hpp"
#include "case_store.hpp"
#include "dontgoback/http/error.hpp"
#include "moderation.hpp"
#include "newcomers.hpp"
#include "stop_store.hpp"

namespace dontgoback::core::moderation {
namespace {

class ModerationOfAccounts final : public accounts::Subscriber {
  void status_changed(storage::Connection& connection, const Change& change) const override {
    using accounts::AccountStatus;
    if (change.after != AccountStatus::suspended) drop_suspension(connection, change.user);
  }
  void merged(storage::Connection& connection, UserId from, UserId to) const override {
    hand_over_cases(connection, from, to);
    hand_over_acts(connection, from, to);
    hand_over_stop(connection, from, to);
  }
  bool removed_some(storage::Connection& connection, UserId user) const override {
    return drop_some_reports_by(connection, user);
  }
  void removed(storage::Connection& connection, UserId user) const override {
    while (!drop_some_reports_by(connection, user)) continue;
    drop_cases_of(connection, user);
    drop_acts_about(connection, user);
    drop_stop(connection, user);
  }
};

constexpr int kEndedAtOnce = 100;
constexpr Failure kStopped{
    FailureKind::forbidden,
    {"운영자의 조치로 하루 동안 글과 댓글을 쓸 수 없습니다.", "A moderator keeps you from writing for a day."}};

}  // namespace

const accounts::Subscriber& subscriber() {
  static const ModerationOfAccounts kSubscriber;
  return kSubscriber;
}

feed::MayWrite may_write(Host& host, int newcomers_per_hour) {
  return [&host, newcomers = Newcomers{host.database, host.clock, host.limiter, newcomers_per_hour}](
             const http::Request& request) {
    const auto stop = host.database.read(
        [&](storage::Connection& connection) { return find_stop(connection, request.identity.user); });
    if (stop && stop->holds(host.clock.now())) throw http::Error(kStopped);
    return newcomers.refuse(request);
  };
}

std::vector<jobs::Job> own_jobs(Host& host, const accounts::LifeCycle& life_cycle) {
  return {{.name = "suspensions",
           .schedule = {.daily_at = {}, .every = std::chrono::minutes(1)},
           .once_for_all_nodes = false,  // which would write at every look; who is to end is held
           .work =
               [&host, &life_cycle](const jobs::Run& run) {
                 std::int64_t lifted = 0;
                 while (!run.stop.stop_requested() && run.keep_alive()) {
                   const auto now = host.trust.confirmed_now();
                   if (!now) break;
                   const auto ended = host.database.read(
                       [&](storage::Connection& c) { return ended_suspensions(c, *now, kEndedAtOnce); });
                   if (ended.empty()) break;
                   for (const auto& each : ended) {
                     host.database.write([&](storage::Connection& c) {
                       accounts::lock_account(c, each.user);
                       const auto there = find_suspension(c, each.user);
                       if (!there || there->ends_at != each.ends_at) return;  // a moderator was quicker
                       // That it ends was said with it: one entry for what happened is enough.
                       life_cycle.set_status(c, each.user, there->before, "정지 기간 만료", *now);
                       drop_suspension(c, each.user);
                     });
                     ++lifted;
                   }
                 }
                 return lifted == 0 ? std::string("nothing has ended") : "ended " + std::to_string(lifted);
               },
           .needs_confirmed_clock = true}};
}

std::vector<OwnReport> own_reports(storage::Connection& connection, UserId user, CaseId after, int limit) {
  std::vector<OwnReport> own;
  for (auto& report : reports_by(connection, user, after, limit)) {
    own.push_back({report.in, report.target, report.reason, std::move(report.text), report.created_at});
  }
  return own;
}

std::vector<Act> own_acts(storage::Connection& connection, UserId user, ActId after, int limit) {
  return acts_after(connection, user, after, limit);
}

std::int64_t remove_expired(const expiry::Sweep& sweep) {
  return expiry::remove_older(sweep, kLife, delete_cases_within) +
         expiry::remove_older(sweep, kLife, delete_acts_within) +
         expiry::remove_ended(sweep, kStop, delete_stops_ended_within);
}

}  // namespace dontgoback::core::moderation
