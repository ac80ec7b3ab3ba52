#include "dontgoback/security/crypto/base64.hpp"
#include "push_subscriptions.hpp"
#include "store.hpp"

namespace dontgoback::core::push_subscriptions {
namespace {

constexpr Message kTitle{"돈고백", "DontGoBack"};

/// Whether whose it is, is still signed in there.
bool is_live(storage::Connection& connection, const Row& row) {
  const auto live = sessions::find_live_session(connection, row.session);
  return live && live->holder.user == row.user;
}

class Port final : public ports::PushDevices {
 public:
  Port(Host& host, TestService test_service)
      : database_(host.database), clock_(host.clock), zone_(host.zone), test_service_(std::move(test_service)) {}

  std::optional<ports::PushDevice> find(std::int64_t subscription) override {
    return database_.read([&](storage::Connection& connection) -> std::optional<ports::PushDevice> {
      const auto row = push_subscriptions::find(connection, subscription);
      if (!row || !is_live(connection, *row)) return std::nullopt;
      if (accounts::quiet_now(connection, row->user, zone_, clock_.now())) return std::nullopt;
      const auto& given = row->subscription;
      return ports::PushDevice{
          .address = ports::PushSubscription{.endpoint = given.endpoint,
                                             .p256dh = security::base64url_decode(given.p256dh).value(),
                                             .auth = security::base64url_decode(given.auth).value(),
                                             .for_tests = !test_service_.empty() &&
                                                          given.endpoint.starts_with(test_service_ + "/")},
          .refused = row->failing};
    });
  }

  void note(std::int64_t subscription, Outcome outcome) override {
    database_.write([&](storage::Connection& connection) {
      if (outcome == Outcome::gone) return remove(connection, subscription);
      const bool failing = outcome == Outcome::refused;
      set_failing(connection, subscription, failing ? std::optional(clock_.now()) : std::nullopt);
    });
  }

  std::vector<std::int64_t> of(std::int64_t user) override {
    return database_.read([&](storage::Connection& connection) { return ids_of(connection, UserId{user}); });
  }

  std::string_view topic() const override { return push::kTopic; }
  std::string_view key_path() const override { return "/api/v1/push/key"; }

 private:
  storage::Database& database_;
  const time::Clock& clock_;
  const time::Zone& zone_;
  const TestService test_service_;
};

class SubscriptionsOfAccounts final : public accounts::Subscriber {
  void status_changed(storage::Connection& connection, const Change& change) const override {
    if (change.after != accounts::AccountStatus::active) remove_all_of(connection, change.user);
  }
  void removed(storage::Connection& connection, UserId user) const override {
    remove_all_of(connection, user);
    forget_told(connection, user);
  }
};

}  // namespace

std::shared_ptr<ports::PushDevices> port(Host& host, const TestService& test_service) {
  return std::make_shared<Port>(host, test_service);
}

void tell(storage::Connection& connection, UserId user, const Told& told) {
  const auto ids = ids_of(connection, user);
  if (ids.empty() || !may_tell(connection, user, told.thing, told.now)) return;
  const auto language = accounts::language_of(connection, user).value_or(http::Language::ko);
  for (const auto id : ids) {
    const auto row = find(connection, id);
    if (!row || !is_live(connection, *row)) {
      remove(connection, id);
      continue;
    }
    push::send(connection,
               {.device = {.id = id},
                .title = std::string(http::in(language, kTitle)),
                .body = std::string(http::in(language, told.text)),
                .tag = std::string(told.thing),
                .path = "/notifications",
                .urgency = told.urgency,
                .until = told.now + kUse},
               told.now);
  }
}

const accounts::Subscriber& subscriber() {
  static const SubscriptionsOfAccounts kSubscriber;
  return kSubscriber;
}

std::int64_t remove_expired(const expiry::Sweep& sweep) {
  return expiry::remove_older(sweep, kUnseen, delete_unseen_within) +
         expiry::remove_older(sweep, kFailing, delete_failing_within);
}

}  // namespace dontgoback::core::push_subscriptions
