#pragma once

#include "dontgoback/http/action_limit.hpp"

// How often what costs something, or could be guessed, is done: docs/limits.md.
namespace dontgoback::core::sign_in {

/// Guests from an address, from a /48 (4 times as many) and in total (100 times). 0: as many as come.
http::ActionLimit guest_limit(limits::Limiter& limiter, telemetry::Metrics& metrics, int per_hour);

/// The 429 of a new guest from a network where they are stopped (sign_in.hpp).
std::optional<http::Response> refuse_stopped_guest(limits::Limiter& limiter, const http::Request& request);

/// Mails that an address of the network and a /48 ask for, that go to one e-mail address (the target), and all.
http::ActionLimit email_limit(limits::Limiter& limiter, telemetry::Metrics& metrics);

/// Codes that are typed in five minutes, which is the life of one: so few in total that hitting one of those shown
/// stays a matter of luck.
http::ActionLimit hand_over_limit(limits::Limiter& limiter, telemetry::Metrics& metrics);

}  // namespace dontgoback::core::sign_in
