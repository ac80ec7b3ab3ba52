#include "comment_lists_store.hpp"

#include <limits>
#include <tuple>

#include "dontgoback/storage/planned.hpp"
#include "rows_store.hpp"

namespace dontgoback::core::feed {
namespace {

using storage::args;
using storage::Connection;
using storage::Planned;

const std::string kOlder = "c.id < :last ORDER BY c.id DESC LIMIT :size";
const std::string kNewer = "c.id > :last ORDER BY c.id LIMIT :size";

const std::string kWanted = "0";
const std::string kTurnedAway = relations::planned_turnings("r", ":reader", "c.user_id");
const std::string kOrAnswered =
    kTurnedAway + " + " +
    relations::planned_turnings_of("s", "FROM comments q {PRIMARY}", ":reader_too", "q.user_id", "q.id = c.parent_id");

/// Those below the post that `which` says, of which `skipped` says whether their reader does not want them.
std::string below(std::string_view index, std::string_view skipped, std::string_view which) {
  return comments_by(index, skipped) + listed("c", "a") + " AND c.post_id = :post AND " + std::string(which);
}

// Replies among them, by time; the others by time; each for everybody, and for who turns away from somebody.
const Planned kAll("feed/comments", below("comments_shown", kWanted, kOlder));
const Planned kAllForReader("feed/comments-for-reader", below("comments_shown", kOrAnswered, kOlder));
const Planned kAllOldest("feed/comments-oldest", below("comments_shown", kWanted, kNewer));
const Planned kAllOldestForReader("feed/comments-oldest-for-reader", below("comments_shown", kOrAnswered, kNewer));

const std::string kTop = "c.parent_id IS NULL AND ";
const Planned kTopLevel("feed/comment-threads", below("comments_shown_below", kWanted, kTop + kOlder));
const Planned kTopLevelForReader("feed/comment-threads-for-reader",
                                 below("comments_shown_below", kTurnedAway, kTop + kOlder));
const Planned kTopLevelOldest("feed/comment-threads-oldest", below("comments_shown_below", kWanted, kTop + kNewer));
const Planned kTopLevelOldestForReader("feed/comment-threads-oldest-for-reader",
                                       below("comments_shown_below", kTurnedAway, kTop + kNewer));

const std::string kTo = "c.parent_id = :parent AND ";
const Planned kReplies("feed/replies", below("comments_shown_below", kWanted, kTo + kOlder));
const Planned kRepliesForReader("feed/replies-for-reader", below("comments_shown_below", kTurnedAway, kTo + kOlder));
const Planned kRepliesOldest("feed/replies-oldest", below("comments_shown_below", kWanted, kTo + kNewer));
const Planned kRepliesOldestForReader("feed/replies-oldest-for-reader",
                                      below("comments_shown_below", kTurnedAway, kTo + kNewer));

// By likes: first what has as many as the last one, then what has fewer. MariaDB finds no range in a comparison of
// both.
const std::string kAsManyLikes = kTop + "c.like_count = :likes AND " + kOlder;
const std::string kFewerLikes = kTop + "c.like_count < :likes ORDER BY c.like_count DESC, c.id DESC LIMIT :size";
const Planned kAsLiked("feed/comment-threads-as-liked", below("comments_liked", kWanted, kAsManyLikes));
const Planned kAsLikedForReader("feed/comment-threads-as-liked-for-reader",
                                below("comments_liked", kTurnedAway, kAsManyLikes));
const Planned kLessLiked("feed/comment-threads-less-liked", below("comments_liked", kWanted, kFewerLikes));
const Planned kLessLikedForReader("feed/comment-threads-less-liked-for-reader",
                                  below("comments_liked", kTurnedAway, kFewerLikes));

constexpr auto kMost = std::numeric_limits<std::int64_t>::max();

/// A page of rows that `read(last, size, row)` reads: from behind `last` on, which is `top` where it begins.
template <class Read>
Unfinished page_of(const CommentPage& page, std::int64_t top, const Reader& reader, const EachComment& row,
                   const Read& read) {
  const auto last = page.last.value == 0 ? top : page.last.value;
  return walk({last, page.size, page.viewer}, [&](std::int64_t behind, int size, const auto& shows) {
    const auto look = [&](const Comment& comment, std::int64_t skipped) {
      if (shows(comment.id.value, skipped != 0 || reader.skips(comment.owner, comment.content))) row(comment);
    };
    read(behind, size, look);
  });
}

/// The same by time. `of` are what the statement's rows are found by.
template <class... Of>
Unfinished page_by_time(Connection& connection, const Planned& newest, const Planned& oldest, const CommentPage& page,
                        const Reader& reader, const EachComment& row, const std::tuple<Of...>& of) {
  const bool downwards = page.order == CommentOrder::oldest;
  const auto& statement = downwards ? oldest : newest;
  return page_of(page, downwards ? 0 : kMost, reader, row, [&](std::int64_t last, int size, const auto& look) {
    connection.each(statement.on(connection), std::tuple_cat(args(page.viewer), of, args(last, size)),
                    to_comment(look));
  });
}

std::int64_t likes_of(Connection& connection, PostId post, CommentId id) {
  const auto likes = connection.one<std::int64_t>(
      "SELECT like_count FROM comments WHERE id = :id AND post_id = :post AND parent_id IS NULL", id, post);
  return likes ? std::get<0>(*likes) : kMost;
}

Unfinished page_by_likes(Connection& connection, PostId post, const CommentPage& page, const Reader& reader,
                         const EachComment& row) {
  auto likes = page.last.value == 0 ? kMost : likes_of(connection, post, page.last);
  const auto read = [&](const Planned& plain, const Planned& for_reader, const auto& place, const auto& look) {
    int rows = 0;
    const auto count = [&](const Comment& comment, std::int64_t skipped) {
      ++rows;
      likes = comment.likes;
      look(comment, skipped);
    };
    if (reader.turns_away()) {
      connection.each(for_reader.on(connection), std::tuple_cat(args(page.viewer, reader.user, post), place),
                      to_comment(count));
    } else {
      connection.each(plain.on(connection), std::tuple_cat(args(page.viewer, post), place), to_comment(count));
    }
    return rows;
  };
  return page_of(page, kMost, reader, row, [&](std::int64_t last, int size, const auto& look) {
    const int as_many = likes == kMost ? 0 : read(kAsLiked, kAsLikedForReader, args(likes, last, size), look);
    if (as_many < size) read(kLessLiked, kLessLikedForReader, args(likes, size - as_many), look);
  });
}

}  // namespace

Unfinished each_comment(Connection& connection, PostId post, const CommentPage& page, const Reader& reader,
                        const EachComment& row) {
  return reader.turns_away() ? page_by_time(connection, kAllForReader, kAllOldestForReader, page, reader, row,
                                            args(reader.user, reader.user, post))
                             : page_by_time(connection, kAll, kAllOldest, page, reader, row, args(post));
}

Unfinished each_thread(Connection& connection, PostId post, const CommentPage& page, const Reader& reader,
                       const EachComment& row) {
  if (page.order == CommentOrder::liked) return page_by_likes(connection, post, page, reader, row);
  return reader.turns_away() ? page_by_time(connection, kTopLevelForReader, kTopLevelOldestForReader, page, reader, row,
                                            args(reader.user, post))
                             : page_by_time(connection, kTopLevel, kTopLevelOldest, page, reader, row, args(post));
}

Unfinished each_reply(Connection& connection, PostId post, CommentId parent, const CommentPage& page,
                      const Reader& reader, const EachComment& row) {
  return reader.turns_away()
             ? page_by_time(connection, kRepliesForReader, kRepliesOldestForReader, page, reader, row,
                            args(reader.user, post, parent))
             : page_by_time(connection, kReplies, kRepliesOldest, page, reader, row, args(post, parent));
}

}  // namespace dontgoback::core::feed
