#include "unlinked.hpp"

#include "authority.hpp"
#include "stop_store.hpp"

namespace dontgoback::core::moderation {
namespace {

using audit::Action;
using storage::Connection;

/// Of a flood at most so many are hidden at once.
constexpr int kMostHidden = 200;

constexpr Failure kLinked{FailureKind::invalid,
                          {"작성자가 보이는 글입니다.", "Everybody sees who wrote it: it is not unlinked."}};

Failure not_there(const Target& target) {
  return target.kind == TargetKind::comment ? feed::kNoComment : feed::kNoPost;
}

/// The others of a flood.
std::vector<Target> flood_around(Connection& connection, UserId author, const Target& target, time::Timestamp now) {
  std::vector<Target> flood;
  for (const auto& each : feed::unlinked_since(connection, author, now - kFloodTime, kMostHidden)) {
    flood.push_back(each.comment ? Target{TargetKind::comment, each.comment->value}
                                 : Target{TargetKind::feed, each.post.value});
  }
  if (flood.size() < kFlood) return {};
  std::erase(flood, target);
  return flood;
}

}  // namespace

Result<Looked> look(Connection& connection, UserId actor, const Target& target, std::string_view reason,
                    time::Timestamp now) {
  const auto found = find_target(connection, target);
  if (!found) return not_there(target);
  if (!found->is_unlinked()) return kLinked;
  audit::record(connection, actor, Action::look, target, reason, now);
  return Looked{found->owner};
}

Result<Stopped> stop(Connection& connection, const Actor& actor, const Target& target, std::string_view reason,
                     time::Timestamp now) {
  const auto found = find_target(connection, target);
  if (!found || found->text->deleted) return not_there(target);
  if (!found->is_unlinked()) return kLinked;
  const auto& author = found->owner;
  if (author) accounts::lock_account(connection, *author);
  auto hidden = hide_saying(connection, actor, target, reason, now, Said::stopped);
  if (!hidden) return hidden.failure();
  if (!author) return Stopped{*hidden, std::nullopt};
  const auto account = accounts::find_standing(connection, *author);
  const bool is_guest = account && account->role == http::Role::guest;
  Stopped stopped{*hidden, is_guest ? author : std::nullopt};
  const auto before = find_stop(connection, *author);
  if (before && before->act == hidden->act.id && before->holds(now)) return stopped;

  audit::record(connection, actor.id, Action::stop, target, reason, now);
  set_stop(connection, {*author, hidden->act.id, now + kStop});
  for (const auto& other : flood_around(connection, *author, target, now)) {
    // What its author deleted meanwhile needs nobody to hide it.
    if (const auto done = hide(connection, actor, other, reason, now); !done) continue;
  }
  return stopped;
}

}  // namespace dontgoback::core::moderation
