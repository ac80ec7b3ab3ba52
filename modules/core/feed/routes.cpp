#include "feed.hpp"
#include "handlers.hpp"

namespace dontgoback::core::feed {
namespace {

// A text of kLongestText code points, at worst each four before it is normalised and each of those escaped (24 bytes).
constexpr std::size_t kTextBody = 16 * 1024;

}  // namespace

void add_routes(Host& host, const http::Authenticator& sessions, const accounts::Directory& directory,
                const Readers& readers, const Listeners& listeners, MayWrite may_write, const Strangers* strangers) {
  using http::kNoBody;
  using http::Lane;
  using http::Method;
  using http::RouteClass;
  using Handle = http::Response (*)(const Feed&, const http::Request&);

  const Feed feed{host.database, host.clock, host.trust,           host.zone, directory,
                  readers,       listeners,  std::move(may_write), strangers};
  const auto add = [&](Method method, std::string_view path, RouteClass counts_as, Lane lane, std::size_t body,
                       Handle handle, bool legacy_toggle = false) {
    host.router.add({method, path, http::Access::account(sessions).as(counts_as), lane, body,
                     [feed, handle](const http::Request& request) { return handle(feed, request); }, legacy_toggle});
  };

  /// For strangers, too, where there are any.
  const auto add_open = [&](std::string_view path, Handle handle, Handle as_stranger) {
    if (strangers == nullptr) return add(Method::get, path, RouteClass::read, Lane::query, kNoBody, handle);
    host.router.add({Method::get, path, http::Access::account(strangers->sessions).as(RouteClass::read), Lane::query,
                     kNoBody, [feed, handle, as_stranger](const http::Request& request) {
                       return (request.identity.is_account() ? handle : as_stranger)(feed, request);
                     }});
  };

  add(Method::get, "/api/v1/feeds", RouteClass::read, Lane::query, kNoBody, list_posts);
  add(Method::get, "/api/v1/feeds/profile", RouteClass::read, Lane::query, kNoBody, list_posts_of_author);
  add_open("/api/v1/feeds/{feedId}", get_post, get_post_as_stranger);
  add(Method::post, "/api/v1/feeds", RouteClass::write, Lane::command, kTextBody, create_post);
  add(Method::patch, "/api/v1/feeds/{feedId}", RouteClass::write, Lane::command, kTextBody, change_post);
  add(Method::del, "/api/v1/feeds/{feedId}", RouteClass::write, Lane::command, kNoBody, delete_post);
  add(Method::get, "/api/v1/feeds/{feedId}/revisions", RouteClass::read, Lane::query, kNoBody, list_post_revisions);

  add(Method::get, "/api/v1/feeds/archived", RouteClass::read, Lane::query, kNoBody, list_archived);
  add(Method::get, "/api/v1/feeds/saved", RouteClass::read, Lane::query, kNoBody, list_saved);
  add(Method::get, "/api/v1/feeds/liked", RouteClass::read, Lane::query, kNoBody, list_liked);
  add(Method::get, "/api/v1/feeds/unlinked", RouteClass::read, Lane::query, kNoBody, list_unlinked_posts);
  add(Method::del, "/api/v1/feeds/unlinked", RouteClass::write, Lane::command, kNoBody, remove_unlinked_later);
  add(Method::post, "/api/v1/feeds/unlinked/keep", RouteClass::write, Lane::command, kNoBody, keep_unlinked);
  add(Method::get, "/api/v1/comments/unlinked", RouteClass::read, Lane::query, kNoBody, list_unlinked_comments);
  add(Method::put, "/api/v1/feeds/{feedId}/archived", RouteClass::write, Lane::command, kNoBody, archive_post);
  add(Method::del, "/api/v1/feeds/{feedId}/archived", RouteClass::write, Lane::command, kNoBody, unarchive_post);
  add(Method::put, "/api/v1/feeds/{feedId}/saved", RouteClass::write, Lane::command, kNoBody, save_post);
  add(Method::del, "/api/v1/feeds/{feedId}/saved", RouteClass::write, Lane::command, kNoBody, unsave_post);
  add(Method::put, "/api/v1/feeds/{feedId}/hidden", RouteClass::write, Lane::command, kNoBody, hide_post);
  add(Method::del, "/api/v1/feeds/{feedId}/hidden", RouteClass::write, Lane::command, kNoBody, unhide_post);

  // In the list's path {id} is the post, in the others the comment: the contract has one path for both.
  add_open("/api/v1/comments/{id}", list_comments, list_comments_as_stranger);
  add(Method::get, "/api/v1/comments/mine", RouteClass::read, Lane::query, kNoBody, list_own_comments);
  add(Method::post, "/api/v1/comments", RouteClass::write, Lane::command, kTextBody, create_comment);
  add(Method::patch, "/api/v1/comments/{id}", RouteClass::write, Lane::command, kTextBody, change_comment);
  add(Method::del, "/api/v1/comments/{id}", RouteClass::write, Lane::command, kNoBody, delete_comment);
  add(Method::get, "/api/v1/comments/{id}/revisions", RouteClass::read, Lane::query, kNoBody, list_comment_revisions);

  constexpr bool kToggle = true;
  add(Method::get, "/api/v1/feedLikes/{feedId}", RouteClass::like, Lane::command, kNoBody, toggle_post_like, kToggle);
  add(Method::put, "/api/v1/feedLikes/{feedId}", RouteClass::like, Lane::command, kNoBody, like_post);
  add(Method::del, "/api/v1/feedLikes/{feedId}", RouteClass::like, Lane::command, kNoBody, unlike_post);
  add(Method::get, "/api/v1/commentLikes/{commentId}", RouteClass::like, Lane::command, kNoBody, toggle_comment_like,
      kToggle);
  add(Method::put, "/api/v1/commentLikes/{commentId}", RouteClass::like, Lane::command, kNoBody, like_comment);
  add(Method::del, "/api/v1/commentLikes/{commentId}", RouteClass::like, Lane::command, kNoBody, unlike_comment);
}

}  // namespace dontgoback::core::feed
