#include "revision_store.hpp"

#include "dontgoback/storage/planned.hpp"

namespace dontgoback::core::feed {
namespace {

using storage::args;
using storage::Connection;
using storage::Planned;

/// The statements for one kind of thing.
struct RevisionsOf {
  const Planned &all, &last, &drop_between;
  std::string_view keep, drop;
};

const Planned kOfPost("feed/revisions-of-post",
                      "SELECT number, content, written_at FROM post_revisions {PRIMARY} WHERE post_id = :id ORDER BY "
                      "number DESC");
const Planned kLastOfPost(
    "feed/last-revision-of-post",
    "SELECT number FROM post_revisions {PRIMARY} WHERE post_id = :id ORDER BY number DESC LIMIT 1");
const Planned kDropOfPost(
    "feed/drop-revisions-of-post",
    "DELETE FROM post_revisions {PRIMARY} WHERE post_id = :id AND number > 1 AND number <= :last");
const Planned kOfComment("feed/revisions-of-comment",
                         "SELECT number, content, written_at FROM comment_revisions {PRIMARY} WHERE comment_id = :id "
                         "ORDER BY number DESC");
const Planned kLastOfComment(
    "feed/last-revision-of-comment",
    "SELECT number FROM comment_revisions {PRIMARY} WHERE comment_id = :id ORDER BY number DESC LIMIT 1");
const Planned kDropOfComment(
    "feed/drop-revisions-of-comment",
    "DELETE FROM comment_revisions {PRIMARY} WHERE comment_id = :id AND number > 1 AND number <= :last");

const RevisionsOf kPosts{
    kOfPost, kLastOfPost, kDropOfPost,
    "INSERT INTO post_revisions (post_id, number, content, written_at) VALUES (:id, :number, :content, :written_at)",
    "DELETE FROM post_revisions WHERE post_id = :id"};
const RevisionsOf kComments{kOfComment, kLastOfComment, kDropOfComment,
                            "INSERT INTO comment_revisions (comment_id, number, content, written_at) VALUES (:id, "
                            ":number, :content, :written_at)",
                            "DELETE FROM comment_revisions WHERE comment_id = :id"};

template <class ThingId>
std::vector<Revision> revisions(Connection& connection, const RevisionsOf& of, ThingId id) {
  std::vector<Revision> found;
  connection.each(of.all.on(connection), args(id),
                  [&found](std::int64_t number, std::string content, time::Timestamp written_at) {
                    found.push_back({number, std::move(content), written_at});
                  });
  return found;
}

template <class ThingId>
void keep(Connection& connection, const RevisionsOf& of, ThingId id, std::string_view content,
          time::Timestamp written_at) {
  const auto last = connection.one<std::int64_t>(of.last.on(connection), id);
  const auto number = last ? std::get<0>(*last) + 1 : 1;
  connection.execute(of.keep, id, number, content, written_at);
  // Beside the first, which is what people answered.
  if (number > kKeptRevisions) connection.execute(of.drop_between.on(connection), id, number - kKeptRevisions + 1);
}

}  // namespace

std::vector<Revision> revisions_of(Connection& connection, PostId id) { return revisions(connection, kPosts, id); }
std::vector<Revision> revisions_of(Connection& connection, CommentId id) {
  return revisions(connection, kComments, id);
}

void keep_revision(Connection& connection, PostId id, std::string_view content, time::Timestamp written_at) {
  keep(connection, kPosts, id, content, written_at);
}
void keep_revision(Connection& connection, CommentId id, std::string_view content, time::Timestamp written_at) {
  keep(connection, kComments, id, content, written_at);
}

void drop_revisions(Connection& connection, PostId id) { connection.execute(kPosts.drop, id); }
void drop_revisions(Connection& connection, CommentId id) { connection.execute(kComments.drop, id); }

}  // namespace dontgoback::core::feed
