#include <boost/describe.hpp>
#include <exception>

#include "dontgoback/http/error.hpp"
#include "dontgoback/json/reader.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "sign_in/identity_store.hpp"
#include "sign_in/providers/way.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr Message kTaken{"알림을 처리했습니다.", "The notification is taken in."};
constexpr Failure kMoved{FailureKind::unavailable,
                         {"잠시 후 다시 시도해 주세요.", "The account changes in this moment. Please try again."}};
/// What is dated so much before an identity was linked is about another agreement than that one.
constexpr std::chrono::seconds kClocksDiffer{60};

struct Body {
  std::string payload;
};
BOOST_DESCRIBE_STRUCT(Body, (), (payload))

struct LastWayIn : std::exception {};

/// Whether it is news: the same again, and what was overtaken, changes nothing. A moment of linking to come was a wrong
/// clock's and says nothing.
bool is_news(const ToldIdentity& identity, const Notification& told, time::Timestamp now) {
  const auto& last = told.kind == Notification::Kind::consent_over ? identity.consent_told : identity.mail_told;
  if (last && told.at <= *last) return false;
  return identity.linked_at > now || told.at >= identity.linked_at - kClocksDiffer;
}

class Taking {
 public:
  Taking(const SignIn& sign_in, const Notification& told) : sign_in_(sign_in), told_(told) {}

  void take(UserId holder) const {
    if (told_.kind != Notification::Kind::consent_over) return write(holder, [this](auto&&... at) { set_mail(at...); });
    try {
      write(holder, [this](auto&&... at) { end_consent(at...); });
    } catch (const LastWayIn&) {
      // Without it nobody could come back: they agree anew there, and are the same person.
      write(holder, [this](auto&&... at) { end_sessions(at...); });
    }
  }

 private:
  template <class Act>
  void write(UserId holder, const Act& act) const {
    sign_in_.database.write([&](storage::Connection& connection) {
      accounts::lock_account(connection, holder);
      const auto identity = find_told_identity(connection, told_.person);
      if (!identity) return;
      if (identity->user != holder) throw http::Error(kMoved);
      if (is_news(*identity, told_, sign_in_.clock.now())) act(connection, *identity);
    });
  }

  void end_consent(storage::Connection& connection, const ToldIdentity& identity) const {
    sessions::end_sessions(connection, identity.user, sign_in_.clock.now());
    delete_identity(connection, identity.id);
    if (!sign_in_.ways_in.any(connection, identity.user)) throw LastWayIn{};
  }
  void end_sessions(storage::Connection& connection, const ToldIdentity& identity) const {
    sessions::end_sessions(connection, identity.user, sign_in_.clock.now());
    set_consent_told(connection, identity.id, told_.at);
  }
  void set_mail(storage::Connection& connection, const ToldIdentity& identity) const {
    const auto takes = told_.kind == Notification::Kind::mail_on ? accounts::Mail::taken : accounts::Mail::refused;
    accounts::set_mail(connection, identity.user, told_.email, takes);
    set_mail_told(connection, identity.id, told_.at);
  }

  const SignIn& sign_in_;
  const Notification& told_;
};

}  // namespace

http::Response take_notification(const ProviderSignIn& sign_in, const http::Request& request) {
  const auto& provider = provider_of(sign_in, request.path_parameter("providerId"));
  const auto body = http::unwrap(json::read<Body>(request.body));
  const auto told = http::unwrap(provider.read_notification(body.payload));
  const auto& base = sign_in.base;
  const auto holder =
      base.database.read([&](storage::Connection& connection) { return holder_of(connection, told.person); });
  telemetry::log_info("a sign-in provider told of a person",
                      {{"provider", provider.settings().id}, {"what", name_of(told.kind)}});
  if (holder && told.kind != Notification::Kind::other) Taking(base, told).take(*holder);
  return http::envelope(request, 200, kTaken);
}

}  // namespace dontgoback::core::sign_in
