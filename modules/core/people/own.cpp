#include <mutex>
#include <shared_mutex>

#include "people.hpp"
#include "sign_in/sign_in.hpp"
#include "ticket_store.hpp"

namespace dontgoback::core::people {
namespace {

constexpr Failure kNotYet{FailureKind::unavailable,
                          {"지금은 회원을 확인할 수 없습니다.", "Members cannot be looked up right now."}};
constexpr Failure kBadTicket{
    FailureKind::unauthenticated,
    {"티켓이 유효하지 않거나 이미 사용되었습니다.", "The ticket is not good, or has been used already."}};

class People final : public OwnPeople {
 public:
  explicit People(Host& host) : database_(host.database), clock_(host.clock) {}

  void begin(const sessions::Sessions& sessions) override { set(&sessions); }
  void end() override { set(nullptr); }

  Result<std::optional<std::string>> of_identity(const ports::Identity& identity) override {
    const std::shared_lock lock(mutex_);
    if (sessions_ == nullptr) return kNotYet;
    const auto user =
        database_.read([&](storage::Connection& connection) { return sign_in::member_by(connection, identity); });
    if (!user) return std::optional<std::string>();
    return std::optional(name_of(*user));
  }

  Result<Redeemed> redeem(std::string_view ticket) override {
    const std::shared_lock lock(mutex_);
    if (sessions_ == nullptr) return kNotYet;
    if (!sessions::is_opaque_token(ticket)) return kBadTicket;
    const auto stored = sessions::stored_form(ticket);
    auto redeemed = database_.write([&](storage::Connection& connection) -> std::optional<Redeemed> {
      const auto now = clock_.now();
      Redeemed found;
      auto user = use_ticket(connection, stored, now);
      if (!user) {
        found.arrived_by = sign_in::use_walk_arrival(connection, stored, now);
        if (!found.arrived_by) return std::nullopt;
        user = sign_in::member_by(connection, *found.arrived_by);
      }
      if (!user) return found;
      found.person = name_of(*user);
      found.identities = sign_in::identities_at_providers(connection, *user);
      return found;
    });
    if (!redeemed) return kBadTicket;
    return *std::move(redeemed);
  }

 private:
  void set(const sessions::Sessions* sessions) {
    const std::unique_lock lock(mutex_);
    sessions_ = sessions;
  }
  std::string name_of(UserId user) const { return sessions_->keyed("walker-person|", std::to_string(user.value)); }

  storage::Database& database_;
  const time::Clock& clock_;
  std::shared_mutex mutex_;
  const sessions::Sessions* sessions_ = nullptr;
};

class TicketsOfAccounts final : public accounts::Subscriber {
  void status_changed(storage::Connection& connection, const Change& change) const override {
    if (change.after != accounts::AccountStatus::active) delete_ticket_of(connection, change.user);
  }
  void removed(storage::Connection& connection, UserId user) const override { delete_ticket_of(connection, user); }
};

}  // namespace

std::shared_ptr<OwnPeople> make_own_people(Host& host) { return std::make_shared<People>(host); }

const accounts::Subscriber& subscriber() {
  static const TicketsOfAccounts kSubscriber;
  return kSubscriber;
}

std::int64_t remove_expired(const expiry::Sweep& sweep) {
  return expiry::remove_ended(sweep, kTicketLife, delete_tickets_ended_within);
}

}  // namespace dontgoback::core::people
