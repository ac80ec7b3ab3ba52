#include "telling.hpp"

#include <string>

#include "notifications/notifications.hpp"

namespace dontgoback::core::moderation {
namespace {

Message sentence(Said said, bool is_comment) {
  switch (said) {
    case Said::hidden:
      return is_comment ? Message{"운영자가 회원님의 댓글을 숨겼습니다.", "A moderator hid your comment."}
                        : Message{"운영자가 회원님의 글을 숨겼습니다.", "A moderator hid your post."};
    case Said::stopped:
      return is_comment ? Message{"운영자가 회원님의 댓글을 숨겼습니다. 하루 동안 글과 댓글을 쓸 수 없습니다.",
                                  "A moderator hid your comment. You cannot write for a day."}
                        : Message{"운영자가 회원님의 글을 숨겼습니다. 하루 동안 글과 댓글을 쓸 수 없습니다.",
                                  "A moderator hid your post. You cannot write for a day."};
    case Said::shown:
      return is_comment ? Message{"회원님의 댓글이 이제 보입니다.", "Your comment is shown."}
                        : Message{"회원님의 글이 이제 보입니다.", "Your post is shown."};
    case Said::waits:
      return is_comment ? Message{"회원님의 댓글은 운영자가 확인한 뒤 보입니다.",
                                  "Your comment is shown when a moderator has looked at it."}
                        : Message{"회원님의 글은 운영자가 확인한 뒤 보입니다.",
                                  "Your post is shown when a moderator has looked at it."};
    case Said::suspended:
      return {"계정이 정지되었습니다.", "Your account was suspended."};
    case Said::lifted:
      return {"계정 정지가 풀렸습니다.", "Your account is not suspended any more."};
    case Said::followed:
      return {"이의를 받아들였습니다.", "Your objection was followed."};
    case Said::kept:
      break;
  }
  return {"이의 제기를 검토했으나 조치를 유지합니다.", "Your objection was looked at; the act stands."};
}

}  // namespace

void tell(storage::Connection& connection, std::optional<UserId> user, Said said, const Target& target,
          std::string_view reason, time::Timestamp now) {
  if (!user || *user == accounts::kDeparted) return;
  const auto what = sentence(said, target.kind == TargetKind::comment);
  notifications::ModerationTold told;
  told.words = what.ko;
  told.words_en = what.en;
  if (!reason.empty()) {
    told.words.append(" 이유: ").append(reason);
    told.words_en.append(" Reason: ").append(reason);
  }
  if (target.kind == TargetKind::feed) told.post = feed::PostId{target.id};
  if (target.kind == TargetKind::comment) {
    const feed::CommentId comment{target.id};
    if (const auto whole = feed::find_whole(connection, comment)) {
      told.post = whole->post;
      told.comment = comment;
    }
  }
  told.now = now;
  notifications::tell_of_moderation(connection, *user, told);
}

}  // namespace dontgoback::core::moderation
