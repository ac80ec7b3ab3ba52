#include "feed.hpp"

namespace dontgoback::core::feed {

// Of what is shown only: what was deleted keeps the counts it had.
std::vector<backup::Consistency> consistency() {
  return {
      {"posts.like_count is the number of their likes",
       "SELECT count(*) FROM posts p WHERE deleted_at IS NULL AND like_count <> "
       "(SELECT count(*) FROM post_likes l WHERE l.post_id = p.id)"},
      {"posts.comment_count is the number of their comments and replies",
       "SELECT count(*) FROM posts p WHERE deleted_at IS NULL AND comment_count <> "
       "(SELECT count(*) FROM comments c WHERE c.post_id = p.id AND c.shown >= 0)"},
      {"comments.like_count is the number of their likes",
       "SELECT count(*) FROM comments c WHERE deleted_at IS NULL AND like_count <> "
       "(SELECT count(*) FROM comment_likes l WHERE l.comment_id = c.id)"},
      {"comments.reply_count is the number of their replies",
       "SELECT count(*) FROM comments c WHERE deleted_at IS NULL AND reply_count <> "
       "(SELECT count(*) FROM comments r WHERE r.parent_id = c.id AND r.deleted_at IS NULL AND r.hidden IN (0, 1, 9))"},
      {"unlinked_posts knows of posts that are written unlinked",
       "SELECT count(*) FROM unlinked_posts u WHERE NOT EXISTS (SELECT 1 FROM posts p WHERE p.id = u.post_id AND "
       "p.user_id = -2)"},
      {"unlinked_comments knows of comments that are written unlinked",
       "SELECT count(*) FROM unlinked_comments u WHERE NOT EXISTS (SELECT 1 FROM comments c WHERE c.id = u.comment_id "
       "AND c.user_id = -2)"},
      {"comments.face is the number of a face below their post",
       "SELECT count(*) FROM comments c WHERE face IS NOT NULL AND NOT EXISTS (SELECT 1 FROM faces f WHERE f.post_id = "
       "c.post_id AND f.number = c.face)"},
  };
}

}  // namespace dontgoback::core::feed
