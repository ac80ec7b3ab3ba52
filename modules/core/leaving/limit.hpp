#pragma once

#include "dontgoback/http/action_limit.hpp"

namespace dontgoback::core::leaving {

/// Mails that an account asks for, and all.
http::ActionLimit mail_limit(limits::Limiter& limiter, telemetry::Metrics& metrics);

}  // namespace dontgoback::core::leaving
