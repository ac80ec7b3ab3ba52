#pragma once

#include <array>
#include <string_view>

#include "dontgoback/http/language.hpp"

namespace dontgoback::core::exports {

/// What people read in an export.
struct Words {
  std::string_view language, brand, title, made, account, name, amount, role, status, email, none, profile, open,
      hidden, created, last_seen, terms, history, when, reason, leave_requests, to_close, to_deactivate, ways_in,
      passkey, sessions, device, address, unknown, used, posts, comments, on_post, reply_to, changed, earlier, deleted,
      likes, unlinked_posts, unlinked_comments, nameless, removed_at, likes_on_posts, likes_on_comments, replies, days,
      day, won;
  std::array<std::string_view, 4> roles;     ///< by http::Role
  std::array<std::string_view, 4> statuses;  ///< by accounts::AccountStatus
  std::string_view read_me;                  ///< README.txt
};

const Words& words_in(http::Language language);

}  // namespace dontgoback::core::exports
