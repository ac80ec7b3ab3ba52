#include "own_lists_store.hpp"

#include <algorithm>
#include <vector>

#include "dontgoback/storage/planned.hpp"
#include "rows_store.hpp"

namespace dontgoback::core::feed {
namespace {

using storage::args;
using storage::Connection;
using storage::Planned;

/// The posts that `from` names by post_id, as far as its user sees them.
std::string posts_of(std::string_view from, std::string_view index, std::string_view more) {
  const std::string row(from.substr(from.rfind(' ') + 1));
  return select_posts(more) + "FROM " + std::string(from) + " {" + std::string(index) +
         "} CROSS JOIN posts p {PRIMARY} ON p.id = " + row + ".post_id " + accounts::planned_join("a", "p.user_id") +
         " WHERE " + visible_to(row + ".user_id", "p", "a", owner_of_post("p", "pv")) + " AND " +
         relations::planned_not_apart("r", row + ".user_id", "p.user_id") + " AND " + row + ".user_id = :owner AND ";
}

const Planned kSaved("feed/saved", posts_of("saved_posts s", "saved_posts_by_number", "s.number") +
                                       "s.number < :before ORDER BY s.number DESC LIMIT :size");
const Planned kLiked("feed/liked", posts_of("post_likes k", "post_likes_by_user", "0") +
                                       "k.post_id < :before ORDER BY k.post_id DESC LIMIT :size");
const Planned kArchived("feed/archived",
                        "SELECT id FROM posts {posts_shown_by_user} WHERE user_id = :author AND shown = :shown AND id "
                        "< :before ORDER BY id DESC LIMIT :size");

const Planned kUnlinkedPosts(
    "feed/unlinked-posts",
    select_posts("COALESCE(u.remove_at, 0)") +
        "FROM unlinked_posts u {unlinked_posts_by_user} CROSS JOIN posts p {PRIMARY} ON p.id = u.post_id " +
        accounts::planned_join("a", "p.user_id") +
        " WHERE p.deleted_at IS NULL AND u.user_id = :owner AND u.post_id < :before ORDER BY u.post_id DESC LIMIT "
        ":size");
const Planned kUnlinkedComments(
    "feed/unlinked-comments",
    select_comments("COALESCE(u.remove_at, 0)") +
        "FROM unlinked_comments u {unlinked_comments_by_user} CROSS JOIN comments c {PRIMARY} ON c.id = u.comment_id " +
        accounts::planned_join("a", "c.user_id") +
        " WHERE c.deleted_at IS NULL AND u.user_id = :owner AND u.comment_id < :before ORDER BY u.comment_id DESC "
        "LIMIT :size");

/// A row of the last two.
template <class Entry, class EachEntry>
auto with_moment(const EachEntry& row) {
  return [&row](Entry entry, std::int64_t moment) {
    if (moment != 0) entry.remove_at = time::Timestamp(time::Timestamp::duration(moment));
    row(entry);
  };
}

}  // namespace

void each_saved_post(Connection& connection, const Page& page, const EachPost& row) {
  const auto numbered = [&row](Post post, std::int64_t number) {
    post.saved = number;
    row(post);
  };
  connection.each(kSaved.on(connection), args(page.viewer, page.viewer, page.before, page.size), to_post(numbered));
}

void each_liked_post(Connection& connection, const Page& page, const EachPost& row) {
  const auto liked = [&row](const Post& post, std::int64_t) { row(post); };
  connection.each(kLiked.on(connection), args(page.viewer, page.viewer, page.before, page.size), to_post(liked));
}

void each_unlinked_post(Connection& connection, const Page& page, const EachPost& row) {
  const auto read = with_moment<Post>(row);
  connection.each(kUnlinkedPosts.on(connection), args(page.viewer, page.viewer, page.before, page.size), to_post(read));
}

void each_unlinked_comment(Connection& connection, const Page& page, const EachComment& row) {
  const auto read = with_moment<Comment>(row);
  connection.each(kUnlinkedComments.on(connection), args(page.viewer, page.viewer, page.before, page.size),
                  to_comment(read));
}

void each_archived_post(Connection& connection, const Page& page, const EachPost& row) {
  // It may be withheld for other reasons, too: each sum of reasons is a range of the index.
  std::vector<PostId> ids;
  for (const int shown : {-1, -3, -5, -7}) {
    connection.each(kArchived.on(connection), args(page.viewer, shown, page.before, page.size),
                    [&ids](PostId id) { ids.push_back(id); });
  }
  std::ranges::sort(ids, std::ranges::greater{}, &PostId::value);
  if (ids.size() > static_cast<std::size_t>(page.size)) ids.resize(static_cast<std::size_t>(page.size));
  for (const auto id : ids) read_post(connection, id, page.viewer, row);
}

}  // namespace dontgoback::core::feed
