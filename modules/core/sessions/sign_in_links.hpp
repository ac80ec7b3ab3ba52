#pragma once

#include <optional>
#include <string_view>

#include "dontgoback/result.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"
#include "session_service.hpp"

namespace dontgoback::core {

/// Sign-in by a link that an operator made (`make_sign_in_link` in sessions.hpp).
class SignInLinks {
 public:
  SignInLinks(storage::Database& database, const time::Clock& clock) : database_(database), clock_(clock) {}

  /// Whether the link would still sign somebody in.
  bool good(std::string_view token) const;

  /// Uses the link: begins a session of its member, who becomes ACTIVE again if INACTIVE or CLOSE_REQUESTED, and ends
  /// the session `before`, which the browser had until now. With `keep_posts` a guest's posts, comments and likes
  /// become the member's and the guest's account is gone. All of it or nothing. invalid for a bad, used or expired
  /// link; forbidden for a suspended account.
  enum class Posts { leave, keep };
  Result<SignedIn> sign_in(std::string_view token, const http::Identity& before, Posts posts);

 private:
  storage::Database& database_;
  const time::Clock& clock_;
};

}  // namespace dontgoback::core
