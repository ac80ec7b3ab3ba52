#pragma once

#include <functional>
#include <optional>

#include "accounts/accounts.hpp"
#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock_trust.hpp"
#include "dontgoback/time/day.hpp"
#include "listener.hpp"
#include "readers.hpp"
#include "strangers.hpp"

// One function for each route; routes.cpp says which.
namespace dontgoback::core::feed {

/// What handlers need.
struct Feed {
  storage::Database& database;
  const time::Clock& clock;
  const time::ClockTrust& trust;
  const time::Zone& zone;
  const accounts::Directory& directory;
  const Readers& readers;
  const Listeners& listeners;
  std::function<std::optional<http::Response>(const http::Request&)> may_write;
  const Strangers* strangers;  ///< null: nobody reads anything without an account
};

http::Response list_posts(const Feed& feed, const http::Request& request);
http::Response list_posts_of_author(const Feed& feed, const http::Request& request);
http::Response get_post(const Feed& feed, const http::Request& request);
/// Of a post, and what is said below it, for who has no account; where there are strangers.
http::Response get_post_as_stranger(const Feed& feed, const http::Request& request);
http::Response list_comments_as_stranger(const Feed& feed, const http::Request& request);
http::Response create_post(const Feed& feed, const http::Request& request);
http::Response change_post(const Feed& feed, const http::Request& request);
http::Response delete_post(const Feed& feed, const http::Request& request);
http::Response list_post_revisions(const Feed& feed, const http::Request& request);

http::Response list_comments(const Feed& feed, const http::Request& request);
http::Response create_comment(const Feed& feed, const http::Request& request);
http::Response change_comment(const Feed& feed, const http::Request& request);
http::Response delete_comment(const Feed& feed, const http::Request& request);
http::Response list_comment_revisions(const Feed& feed, const http::Request& request);

http::Response like_post(const Feed& feed, const http::Request& request);
http::Response unlike_post(const Feed& feed, const http::Request& request);
http::Response toggle_post_like(const Feed& feed, const http::Request& request);
http::Response like_comment(const Feed& feed, const http::Request& request);
http::Response unlike_comment(const Feed& feed, const http::Request& request);
http::Response toggle_comment_like(const Feed& feed, const http::Request& request);

http::Response archive_post(const Feed& feed, const http::Request& request);
http::Response unarchive_post(const Feed& feed, const http::Request& request);
http::Response save_post(const Feed& feed, const http::Request& request);
http::Response unsave_post(const Feed& feed, const http::Request& request);
http::Response hide_post(const Feed& feed, const http::Request& request);
http::Response unhide_post(const Feed& feed, const http::Request& request);
http::Response list_archived(const Feed& feed, const http::Request& request);
http::Response list_saved(const Feed& feed, const http::Request& request);
http::Response list_liked(const Feed& feed, const http::Request& request);
http::Response list_own_comments(const Feed& feed, const http::Request& request);

http::Response list_unlinked_posts(const Feed& feed, const http::Request& request);
http::Response list_unlinked_comments(const Feed& feed, const http::Request& request);
http::Response remove_unlinked_later(const Feed& feed, const http::Request& request);
http::Response keep_unlinked(const Feed& feed, const http::Request& request);

}  // namespace dontgoback::core::feed
