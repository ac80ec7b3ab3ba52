#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "accounts/accounts.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/ports/reported_names.hpp"
#include "expiry/expiry.hpp"
#include "feed/feed.hpp"
#include "model.hpp"

// Reports and the moderators' queue, what moderators do, and what waits for them.
namespace dontgoback::core::moderation {

/// Where what walkers report is known; null: no walk is.
using WalkReports = std::function<std::shared_ptr<ports::ReportedNames>()>;

/// `sessions` tells who is signed in. Both are to live as long as the router.
void add_routes(Host& host, const http::Authenticator& sessions, const accounts::LifeCycle& life_cycle,
                const WalkReports& walk_reports);

/// `dontgoback moderation …`. The life cycle is to live as long as the commands.
std::vector<Command> commands(const accounts::LifeCycle& life_cycle);

/// Suspensions end.
std::vector<jobs::Job> own_jobs(Host& host, const accounts::LifeCycle& life_cycle);

/// Judges what is written before it shows, and forgets what is deleted.
const feed::Listener& listener();

/// Refuses who is stopped from writing, and limits accounts that are new: to `newcomers_per_hour` posts and comments;
/// guests half as much; 0: no limit.
feed::MayWrite may_write(Host& host, int newcomers_per_hour);

/// What was reported of an account and done to it goes with it, and so do its own reports.
const accounts::Subscriber& subscriber();

/// What an account reported, and what was done to it, for the account itself: at most `limit` behind `after`.
struct OwnReport {
  CaseId in;
  Target target;
  Reason reason;
  std::string text;
  time::Timestamp created_at;
};
std::vector<OwnReport> own_reports(storage::Connection& connection, UserId user, CaseId after, int limit);
std::vector<Act> own_acts(storage::Connection& connection, UserId user, ActId after, int limit);

/// Removes what was decided longer ago than kLife.
std::int64_t remove_expired(const expiry::Sweep& sweep);

}  // namespace dontgoback::core::moderation
