#include "json.hpp"

#include "accounts/accounts.hpp"

namespace dontgoback::core::feed {

void write(json::Writer& writer, const Post& post, const http::Identity& viewer) {
  writer.begin_object();
  writer.field("feedId", post.id);
  writer.field("userId", post.user);
  writer.field("content", post.content);
  writer.field("author", post.author);
  writer.field("userRole", accounts::to_string(accounts::shown_role(post.role, post.user, viewer)));
  writer.field("feedType", to_string(post.author_type));
  writer.field("likeCount", post.likes);
  writer.field("commentCount", post.comments);
  writer.field("isLiked", post.liked);
  writer.field("createdAt", post.created_at);
  writer.field("updatedAt", post.updated_at);
  writer.key("deletedAt");
  writer.null();
  writer.end_object();
}

void write(json::Writer& writer, const Comment& comment, const http::Identity& viewer) {
  writer.begin_object();
  writer.field("commentId", comment.id);
  writer.field("feedId", comment.post);
  writer.field("parentCommentId", comment.parent);
  writer.field("userId", comment.user);
  writer.field("content", comment.content);
  writer.field("author", comment.author);
  writer.field("userRole", accounts::to_string(accounts::shown_role(comment.role, comment.user, viewer)));
  writer.field("commentType", to_string(comment.author_type));
  writer.field("likeCount", comment.likes);
  writer.field("subCommentCount", comment.replies);
  writer.field("isLiked", comment.liked);
  writer.field("createdAt", comment.created_at);
  writer.field("updatedAt", comment.updated_at);
  writer.key("deletedAt");
  writer.null();
  writer.end_object();
}

void write(json::Writer& writer, const LikeState& state) {
  writer.begin_object();
  writer.field("isLiked", state.liked);
  writer.field("likeCount", state.count);
  writer.end_object();
}

}  // namespace dontgoback::core::feed
