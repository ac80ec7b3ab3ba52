#pragma once

#include <string_view>

#include "dontgoback/id.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock.hpp"

// Rows of `known_devices`: where members have signed in. Sessions do not tell, as they go some time after they ended.
namespace dontgoback::core::sessions {

/// Of an account, the rest are forgotten.
inline constexpr std::size_t kKnownDevices = 20;

enum class Acquaintance {
  first,  ///< of the account's devices: there is nothing to compare
  known,
  unknown,  ///< until now
};
/// Notes a sign-in of a locked account.
Acquaintance note_device(storage::Connection& connection, UserId user, std::string_view device, time::Timestamp now);
void forget_devices_of(storage::Connection& connection, UserId user);

}  // namespace dontgoback::core::sessions
