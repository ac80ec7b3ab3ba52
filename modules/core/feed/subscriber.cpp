#include "account_store.hpp"
#include "feed.hpp"

namespace dontgoback::core::feed {
namespace {

class FeedOfAccounts final : public accounts::Subscriber {
  void merged(storage::Connection& connection, UserId from, UserId to) const override {
    hand_over(connection, from, to);
  }
  void removed(storage::Connection& connection, UserId user) const override { remove_all_of(connection, user); }
};

}  // namespace

const accounts::Subscriber& subscriber() {
  static const FeedOfAccounts kSubscriber;
  return kSubscriber;
}

}  // namespace dontgoback::core::feed
