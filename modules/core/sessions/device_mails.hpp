#pragma once

#include <string>

#include "dontgoback/jobs/outbox.hpp"
#include "dontgoback/mail/message.hpp"
#include "dontgoback/time/day.hpp"
#include "sessions.hpp"

namespace dontgoback::core::sessions {

/// What members are told of a session that began on a device that is new.
class DeviceMails {
 public:
  DeviceMails(jobs::Outbox& outbox, const time::Zone& zone, std::string public_url)
      : outbox_(outbox), zone_(zone), public_url_(std::move(public_url)) {}

  /// Writes the mail, in the caller's transaction, unless the account has no address.
  void tell(storage::Connection& connection, UserId user, const Where& where, time::Timestamp now) const;

 private:
  jobs::Outbox& outbox_;
  const time::Zone& zone_;
  std::string public_url_;
};

/// `2026-11-27 18:05 (Asia/Seoul)`
std::string local_time(const time::Zone& zone, time::Timestamp moment);

struct DeviceNews {
  std::string device;   ///< "": not known
  std::string address;  ///< the same
  std::string time;
  std::string settings;  ///< where sessions can be ended
};
/// None of it has anything that HTML would take for its own.
mail::Message device_mail(http::Language language, const std::string& to, const DeviceNews& news);

}  // namespace dontgoback::core::sessions
