#include "reports.hpp"

#include "case_store.hpp"
#include "relations/relations.hpp"

namespace dontgoback::core::moderation {
namespace {

using storage::Connection;

constexpr Failure kOwn{FailureKind::invalid, {"자신은 신고할 수 없습니다.", "This is your own."}};

/// As whose the target is shown, when the reporter sees it.
Result<UserId> seen(Connection& connection, const Target& target, UserId reporter) {
  switch (target.kind) {
    case TargetKind::feed:
      if (const auto author = feed::seen_author(connection, feed::PostId{target.id}, reporter)) return *author;
      return feed::kNoPost;
    case TargetKind::comment:
      if (const auto author = feed::seen_author(connection, feed::CommentId{target.id}, reporter)) return *author;
      return feed::kNoComment;
    case TargetKind::user:
    case TargetKind::walk_report:
    case TargetKind::none:
      break;
  }
  if (relations::are_apart(connection, reporter, UserId{target.id})) return accounts::kNoUser;
  const auto profile = accounts::find_profile(connection, UserId{target.id});
  if (!profile) return profile.failure();
  return profile->id;
}

/// Whether the text is another one than the one that was judged.
bool changed_since(Connection& connection, const Target& target, time::Timestamp judged) {
  const auto found = find_target(connection, target);
  return found && found->text && found->text->updated_at > judged;
}

template <class Read>
std::optional<Found> find_with(Connection& connection, const Target& target, Read read) {
  if (target.kind == TargetKind::user) {
    const auto account = accounts::find_standing(connection, UserId{target.id});
    return account ? std::optional(Found{account->id, account->id, std::nullopt}) : std::nullopt;
  }
  auto text = target.kind == TargetKind::feed ? read(feed::PostId{target.id}) : read(feed::CommentId{target.id});
  if (!text) return std::nullopt;
  return Found{text->user, text->owner, std::move(text)};
}

}  // namespace

std::optional<Found> find_target(Connection& connection, const Target& target) {
  return find_with(connection, target, [&](auto id) { return feed::find_whole(connection, id); });
}

std::optional<Found> hold_target(Connection& connection, const Target& target) {
  return find_with(connection, target, [&](auto id) { return feed::hold_whole(connection, id); });
}

Result<Done> report(Connection& connection, const http::Identity& reporter, const NewReport& report,
                    time::Timestamp now) {
  if (!accounts::hold_account(connection, reporter.user)) return accounts::kNoUser;
  const auto author = seen(connection, report.target, reporter.user);
  if (!author) return author.failure();
  if (find_target(connection, report.target)->owner == reporter.user) return kOwn;
  const auto judged = last_decided(connection, report.target);
  const bool is_new_text = judged && changed_since(connection, report.target, *judged->decided_at);
  if (const auto before = find_report(connection, report.target, reporter.user)) {
    if (!judged || before->in != judged->id || !is_new_text) return Done{};
    drop_report(connection, report.target, reporter.user);
  }
  const bool guest = reporter.role == http::Role::guest;
  // Guests cost nothing to make: what was looked at is not asked about again because of them alone.
  if (guest && judged && !is_new_text && !find_open_case(connection, report.target)) return Done{};
  const auto queue = guest ? Queue::guests : Queue::members;
  const auto in = open_case(connection, report.target, *author, queue, now);
  add_why(connection, in.id, Why::reported, queue);
  add_report(connection, in, {report.target, reporter.user, in.id, guest, report.reason, report.text, now});
  return Done{};
}

}  // namespace dontgoback::core::moderation
