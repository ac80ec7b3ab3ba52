#include "strangers_store.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "dontgoback/storage/planned.hpp"
#include "rows_store.hpp"
#include "with_ids.hpp"

namespace dontgoback::core::feed {
namespace {

using storage::args;
using storage::Connection;
using storage::Planned;

const std::string kReadable = visible("p", "a") + " AND " + accounts::is_open_to_strangers("a");

const Planned kOne("feed/post-for-strangers", select_posts("0") + "FROM posts p {PRIMARY} " +
                                                  accounts::planned_join("a", "p.user_id") + " WHERE p.id = :id AND " +
                                                  kReadable);
const Planned kAmong("feed/posts-among-for-strangers", with_ids(kPostsAtOnce) + select_posts("0") +
                                                           "FROM v CROSS JOIN posts p {PRIMARY} ON p.id = v.id " +
                                                           accounts::planned_join("a", "p.user_id") + " WHERE " +
                                                           kReadable);
// Those that they may not read are walked, too: what is looked at has a bound, and not only what is shown.
const Planned kComments("feed/comments-for-strangers",
                        comments_by("comments_shown_below",
                                    "CASE WHEN " + accounts::is_open_to_strangers("a") + " THEN 1 ELSE 0 END") +
                            listed("c", "a") +
                            " AND c.post_id = :post AND c.parent_id IS NULL AND c.id > :last ORDER BY c.id LIMIT "
                            ":size");

constexpr UserId kNobody{};

}  // namespace

bool read_post_for_strangers(Connection& connection, PostId id, const EachPost& row) {
  bool found = false;
  const auto remember = [&](const Post& post, std::int64_t) {
    found = true;
    row(post);
  };
  connection.each(kOne.on(connection), args(kNobody, id), to_post(remember));
  return found;
}

void each_post_for_strangers(Connection& connection, std::span<const PostId> ids, const EachPost& row) {
  // Padded with nobody's id, so that there is one text.
  std::array<PostId, kPostsAtOnce> padded{};
  std::ranges::copy(ids, padded.begin());
  const auto each = [&row](const Post& post, std::int64_t) { row(post); };
  connection.each(kAmong.on(connection), std::tuple_cat(padded, args(kNobody)), to_post(each));
}

void each_comment_for_strangers(Connection& connection, PostId post, int size, const EachComment& row) {
  int shown = 0;
  const auto look = [&](const Comment& comment, std::int64_t readable) {
    if (readable == 0 || shown == size) return;
    ++shown;
    row(comment);
  };
  connection.each(kComments.on(connection), args(kNobody, post, CommentId{}, kCommentsForStrangers), to_comment(look));
}

}  // namespace dontgoback::core::feed
