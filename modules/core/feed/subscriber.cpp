#include "account_store.hpp"
#include "author_marks.hpp"
#include "feed.hpp"
#include "keeping_store.hpp"
#include "removal_store.hpp"
#include "unlinked_removal.hpp"
#include "unlinked_store.hpp"

namespace dontgoback::core::feed {
namespace {

class FeedOfAccounts final : public accounts::Subscriber {
  void status_changed(storage::Connection& connection, const Change& change) const override {
    mark_author(connection, change.user, change.after != accounts::AccountStatus::active);
  }
  void merged(storage::Connection& connection, UserId from, UserId to) const override {
    hand_over_unlinked(connection, from, to);  // first: it asks whose the posts are
    hand_over(connection, from, to);
    hand_over_kept(connection, from, to);
  }
  bool removed_some(storage::Connection& connection, UserId user) const override {
    return remove_some_of(connection, user) && cut_some_loose(connection, user) && drop_some_kept(connection, user);
  }
  void removed(storage::Connection& connection, UserId user) const override {
    while (!remove_some_of(connection, user)) continue;
    while (!cut_some_loose(connection, user)) continue;
    while (!drop_some_kept(connection, user)) continue;
    forget_author(connection, user);
  }
};

}  // namespace

std::vector<jobs::Job> own_jobs(Host& host, const Listeners& listeners) {
  auto all = removal_jobs(host, listeners);
  all.push_back(marking_job(host.database));
  return all;
}

const accounts::Subscriber& subscriber() {
  static const FeedOfAccounts kSubscriber;
  return kSubscriber;
}

}  // namespace dontgoback::core::feed
