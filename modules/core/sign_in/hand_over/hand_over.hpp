#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/http/identity.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"
#include "sessions/sessions.hpp"
#include "sign_in/arrival.hpp"

// A guest's or a member's session is brought to another device: the one that is signed in shows six digits, they are
// typed on the other, the first says yes, the other has a session of its own. Any thread that may block.
namespace dontgoback::core::sign_in {

/// Of a code; and, from the yes on, of what it is good for.
inline constexpr std::chrono::minutes kHandOverLife{5};
/// So long after a session was given the same device is given the same one again: the answer may be lost.
inline constexpr std::chrono::seconds kGivenAgain{30};

enum class HandOverState {
  waiting,    ///< the code was typed nowhere yet
  claimed,    ///< on another device, which waits
  confirmed,  ///< it may have its session, or has it
};

struct HandOvers {
  storage::Database& database;
  const time::Clock& clock;
  const sessions::Sessions& sessions;
};

/// What the signed-in device shows. One before is good for nothing more.
struct ShownCode {
  std::int64_t id;
  std::string code;  ///< six digits
  time::Timestamp expires_at;
};
/// kNoUser when the account went meanwhile. Throws Unavailable when no code is free.
Result<ShownCode> show_code(const HandOvers& hand_overs, const http::Identity& holder);

/// How far it has come; who has typed the code is named once somebody has.
struct Progress {
  std::int64_t id;
  HandOverState state;
  std::optional<std::string> device;
  std::optional<std::string> address;
};
/// Nothing when there is none, or it has expired.
std::optional<Progress> progress_of(const HandOvers& hand_overs, std::int64_t session);

/// Lets that device in which has typed the code of `id`. Again does the same. not_found when there is no such one any
/// more; conflict when the code was typed nowhere yet.
Result<Done> confirm(const HandOvers& hand_overs, std::int64_t session, std::int64_t id);

/// Whether there was one. A session that was given goes on.
bool cancel(const HandOvers& hand_overs, std::int64_t session);

/// What the device has that has typed the code, and no other.
struct Claim {
  std::string token;   ///< of its cookie
  std::string device;  ///< that has to say yes; "": not known
};
/// Nothing for a code that nobody shows, or that was typed already.
std::optional<Claim> claim(const HandOvers& hand_overs, std::string_view code, const sessions::Where& where);

/// Claimed or confirmed; nothing when it was refused, has expired or was never there.
std::optional<HandOverState> state_of_claim(const HandOvers& hand_overs, std::string_view token);

/// The session, of the same account, on this device; the one that its browser had before ends. not_found as above,
/// conflict before the yes.
Result<sessions::SignedIn> finish(const HandOvers& hand_overs, std::string_view token, const Visitor& visitor);

}  // namespace dontgoback::core::sign_in
