#include "json.hpp"

#include "accounts/accounts.hpp"
#include "revisions.hpp"
#include "withholding.hpp"
#include "withholding_store.hpp"

namespace dontgoback::core::feed {
namespace {

constexpr Message kGoneText{"탈퇴한 회원의 글입니다", "By a member who has left."};
constexpr Message kGoneAuthor{"탈퇴한 회원", "Former member"};

void write_author(json::Writer& writer, const Entry& entry, const http::Request& request) {
  const bool gone = entry.user == accounts::kDeparted;
  const bool unlinked = entry.user == accounts::kUnlinked;
  writer.field("userId", gone || unlinked ? UserId{} : entry.user);
  writer.field("content", gone ? http::in(request.language, kGoneText) : entry.content);
  const bool nameless = unlinked && entry.author.empty();
  writer.field("author", gone       ? http::in(request.language, kGoneAuthor)
                         : nameless ? http::in(request.language, accounts::kNoName)
                                    : entry.author);
  writer.field("userRole", accounts::to_string(accounts::shown_role(entry.role, entry.user, request.identity)));
  if (unlinked) writer.field("unlinked", true);
  if (entry.owner && entry.owner == request.identity.user) writer.field("isMine", true);
}

/// As whom who asks speaks there; `author` and type of a linked face are those of the day.
void write_face(json::Writer& writer, const Face& face, const http::Request& request) {
  writer.key("myFace");
  writer.begin_object();
  writer.field("unlinked", face.unlinked);
  writer.field("author",
               face.author.empty() ? http::in(request.language, accounts::kNoName) : std::string_view(face.author));
  writer.field("type", to_string(face.author_type));
  writer.field("number", face.number);
  writer.end_object();
}

/// Left out where nothing withholds it. A reply that is out of sight with what it answers has no reason of its own.
void write_withheld(json::Writer& writer, const Entry& entry) {
  if (is_counted_below(entry.withheld)) return;
  writer.key("withheld");
  writer.begin_array();
  const auto add = [&](Withheld why, std::string_view name) {
    if ((entry.withheld & static_cast<int>(why)) != 0) writer.value(name);
  };
  add(Withheld::archived, "ARCHIVED");
  add(Withheld::moderated, "MODERATED");
  add(Withheld::waiting, "WAITING");
  writer.end_array();
}

}  // namespace

void write(json::Writer& writer, const Post& post, const http::Request& request) {
  write(writer, post, std::nullopt, request);
}

void write(json::Writer& writer, const Post& post, const std::optional<Face>& mine, const http::Request& request) {
  writer.begin_object();
  writer.field("feedId", post.id);
  write_author(writer, post, request);
  writer.field("feedType", to_string(post.author_type));
  writer.field("likeCount", post.likes);
  writer.field("commentCount", post.comments);
  writer.field("isLiked", post.liked);
  writer.field("createdAt", post.created_at);
  writer.field("updatedAt", post.updated_at);
  writer.key("deletedAt");
  writer.null();
  write_withheld(writer, post);
  if (post.saved != 0) writer.field("savedId", post.saved);
  if (post.remove_at) writer.field("removeAt", *post.remove_at);
  if (mine) write_face(writer, *mine, request);
  writer.end_object();
}

void write(json::Writer& writer, const Comment& comment, const http::Request& request) {
  writer.begin_object();
  writer.field("commentId", comment.id);
  writer.field("feedId", comment.post);
  writer.field("parentCommentId", comment.parent);
  if (comment.answered) writer.field("answeredCommentId", *comment.answered);
  write_author(writer, comment, request);
  if (comment.face) writer.field("face", *comment.face);
  writer.field("commentType", to_string(comment.author_type));
  writer.field("likeCount", comment.likes);
  writer.field("subCommentCount", comment.replies);
  writer.field("isLiked", comment.liked);
  writer.field("createdAt", comment.created_at);
  writer.field("updatedAt", comment.updated_at);
  writer.key("deletedAt");
  writer.null();
  write_withheld(writer, comment);
  if (comment.remove_at) writer.field("removeAt", *comment.remove_at);
  writer.end_object();
}

void write(json::Writer& writer, const std::vector<Revision>& revisions) {
  writer.begin_object();
  writer.key("revisions");
  writer.begin_array();
  for (const auto& revision : revisions) {
    writer.begin_object();
    writer.field("number", revision.number);
    writer.field("content", revision.content);
    writer.field("writtenAt", revision.written_at);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
}

void write(json::Writer& writer, const LikeState& state) {
  writer.begin_object();
  writer.field("isLiked", state.liked);
  writer.field("likeCount", state.count);
  writer.end_object();
}

}  // namespace dontgoback::core::feed
