#include "assets.hpp"
#include "store.hpp"
#include "today_store.hpp"

namespace dontgoback::core::assets {
namespace {

class SnapshotsOfAccounts final : public accounts::Subscriber {
  void created(storage::Connection& connection, UserId user, const accounts::NewAccount& account) const override {
    insert_first_snapshot(connection, user, account.today, account.now);
  }
  void removed(storage::Connection& connection, UserId user) const override {
    forget_move_of(connection, user);
    delete_snapshots_of(connection, user);
  }
};

class FortunesOfAccounts final : public accounts::Fortunes {
  std::optional<accounts::Fortune> shown_on(storage::Connection& connection, UserId user,
                                            time::Day today) const override {
    return fortune_on(connection, user, last_shown_day(connection, today));
  }
};

}  // namespace

const accounts::Subscriber& subscriber() {
  static const SnapshotsOfAccounts kSubscriber;
  return kSubscriber;
}

const accounts::Fortunes& fortunes() {
  static const FortunesOfAccounts kFortunes;
  return kFortunes;
}

}  // namespace dontgoback::core::assets
