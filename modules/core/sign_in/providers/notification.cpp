#include "sign_in/providers/notification.hpp"

#include <algorithm>
#include <boost/describe.hpp>
#include <chrono>

#include "dontgoback/security/jose/audience.hpp"
#include "dontgoback/security/jose/numeric_date.hpp"
#include "dontgoback/security/tokens/skew.hpp"
#include "dontgoback/text/ascii.hpp"

namespace dontgoback::core::sign_in {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kLeeway{60};  // for the clock of the provider, as of an ID token
constexpr std::chrono::hours kLife{24};
constexpr std::size_t kLongestSubject = 255;
/// Apple's documentation has both; what is less is seconds, up to the year 5138.
constexpr std::int64_t kFirstMilliseconds = 100'000'000'000;
constexpr std::int64_t kLastMilliseconds = 253'402'300'799'999;  // 9999-12-31T23:59:59.999Z

// Members are named as on the wire.
struct Claims {
  std::string iss;
  security::Audience aud;
  security::NumericDate iat;
  std::optional<security::NumericDate> exp;
};
BOOST_DESCRIBE_STRUCT(Claims, (), (iss, aud, iat, exp))
struct Event {
  std::string type, sub;
  std::int64_t event_time;
};
BOOST_DESCRIBE_STRUCT(Event, (), (type, sub, event_time))
struct Address {
  std::string email;
};
BOOST_DESCRIBE_STRUCT(Address, (), (email))
struct InText {
  std::string events;
};
BOOST_DESCRIBE_STRUCT(InText, (), (events))
template <class What>
struct Inside {
  What events;
};
BOOST_DESCRIBE_STRUCT(Inside<Event>, (), (events))
BOOST_DESCRIBE_STRUCT(Inside<Address>, (), (events))

template <class What>
std::optional<What> within_events(std::string_view claims) {
  if (const auto text = json::read<InText>(claims)) {
    auto read = json::read<What>(text->events);
    return read ? std::optional(*std::move(read)) : std::nullopt;
  }
  auto read = json::read<Inside<What>>(claims);
  return read ? std::optional(std::move(read->events)) : std::nullopt;
}

Notification::Kind kind_of(std::string_view type) {
  using Kind = Notification::Kind;
  if (type == "consent-revoked" || type == "account-delete" || type == "account-deleted") return Kind::consent_over;
  if (type == "email-disabled") return Kind::mail_off;
  return type == "email-enabled" ? Kind::mail_on : Kind::other;
}

std::optional<time::Timestamp> moment_of(std::int64_t event_time) {
  if (event_time < 0 || event_time > kLastMilliseconds) return std::nullopt;
  return time::Timestamp(event_time < kFirstMilliseconds ? milliseconds(seconds(event_time))
                                                         : milliseconds(event_time));
}

bool is_subject(std::string_view subject) {
  return !subject.empty() && subject.size() <= kLongestSubject && std::ranges::all_of(subject, text::is_visible);
}

/// Empty: they are the provider's, ours, and of these days.
std::string problem_of(const Claims& claims, const ProviderSettings& provider, time::Timestamp now) {
  const auto among = [](const std::vector<std::string>& all, const std::string& one) {
    return std::ranges::find(all, one) != all.end();
  };
  if (claims.iss != provider.issuer && !among(provider.also_issuers, claims.iss)) return "iss is not its issuer";
  const auto ours = provider.audiences();
  if (claims.aud.names.empty() ||
      !std::ranges::all_of(claims.aud.names, [&](auto& each) { return among(ours, each); })) {
    return "aud is not this service";
  }
  if (claims.iat.moment > now) {
    if (auto ahead = security::skew("iat", claims.iat.moment, now, kLeeway)) return *std::move(ahead);
  }
  const auto end =
      std::min(claims.iat.moment + kLife, claims.exp ? claims.exp->moment : std::chrono::sys_seconds::max());
  return now >= end + kLeeway ? "it is over" : "";
}

}  // namespace

std::string_view name_of(Notification::Kind kind) {
  switch (kind) {
    case Notification::Kind::consent_over:
      return "the consent is over";
    case Notification::Kind::mail_off:
      return "mail is not forwarded";
    case Notification::Kind::mail_on:
      return "mail is forwarded";
    case Notification::Kind::other:
      return "something else";
  }
  return {};
}

NotificationReading read_notification(std::string_view claims, const ProviderSettings& provider, time::Timestamp now) {
  const auto refused = [](std::string why) { return NotificationReading{std::nullopt, std::move(why)}; };
  const auto read = json::read<Claims>(claims);
  if (!read) return refused("iss, aud or iat is missing, or a claim has the wrong type");
  if (auto why = problem_of(*read, provider, now); !why.empty()) return refused(std::move(why));
  const auto event = within_events<Event>(claims);
  if (!event) return refused("events holds no type, sub and event_time");
  if (!is_subject(event->sub)) return refused("sub is not 1 to 255 ASCII characters");
  const auto at = moment_of(event->event_time);
  if (!at || *at > read->iat.moment + kLeeway) return refused("event_time is after iat, or no moment");

  const auto address = within_events<Address>(claims);
  return {Notification{kind_of(event->type),
                       {provider.issuer, event->sub},
                       address ? text::lower(address->email) : std::string(),
                       *at},
          {}};
}

}  // namespace dontgoback::core::sign_in
