#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/time/clock.hpp"
#include "sign_in/identities.hpp"
#include "sign_in/providers/settings.hpp"

namespace dontgoback::core::sign_in {

/// What a provider tells this service's server about a person ("Processing changes for Sign in with Apple accounts").
struct Notification {
  enum class Kind {
    consent_over,  ///< `consent-revoked`, `account-delete`: the person signs in here by the provider no more
    mail_off,      ///< `email-disabled`: the address that the provider made for us is forwarded no more
    mail_on,       ///< `email-enabled`
    other,         ///< not known here
  };
  Kind kind = Kind::other;
  Person person;
  std::string email;     ///< in lower case; empty: not told
  time::Timestamp at{};  ///< when it happened, by the provider's clock
};

/// For the log.
std::string_view name_of(Notification::Kind kind);

/// The notification, or an ASCII sentence that says what is wrong and tells nothing of it.
struct NotificationReading {
  std::optional<Notification> notification;
  std::string why;
};

/// Judges the claims of a token whose signature is the provider's: it is from it, for one of our clients, and not from
/// a time to come, nor is what it tells of. It is good for a day. Apple puts its event as text into the claim `events`.
/// A fuzzer may call it.
NotificationReading read_notification(std::string_view claims, const ProviderSettings& provider, time::Timestamp now);

}  // namespace dontgoback::core::sign_in
