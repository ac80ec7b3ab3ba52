#include "revisions.hpp"

#include "case_store.hpp"
#include "reports.hpp"

namespace dontgoback::core::moderation {
namespace {

using storage::Connection;

/// Whether who moderates may look at it as it is now: what its author has put away only when it is in the queue, or
/// was.
bool is_open_to_moderators(Connection& connection, const Target& target, const feed::Whole& text) {
  if (text.deleted) return false;
  const bool put_away = (text.withheld & static_cast<int>(feed::Withheld::archived)) != 0;
  return !put_away || find_open_case(connection, target) || last_decided(connection, target);
}

}  // namespace

Result<std::vector<feed::Revision>> read_revisions(Connection& connection, UserId actor, const Target& target,
                                                   time::Timestamp now) {
  const bool of_comment = target.kind == TargetKind::comment;
  const auto found = find_target(connection, target);
  if (!found || !is_open_to_moderators(connection, target, *found->text)) {
    return of_comment ? feed::kNoComment : feed::kNoPost;
  }
  auto revisions = of_comment ? feed::revisions_of(connection, feed::CommentId{target.id})
                              : feed::revisions_of(connection, feed::PostId{target.id});
  if (!revisions.empty()) audit::record(connection, actor, audit::Action::read_revisions, target, "", now);
  return revisions;
}

}  // namespace dontgoback::core::moderation
