#include "acts.hpp"

#include "act_store.hpp"
#include "authority.hpp"
#include "case_store.hpp"
#include "reports.hpp"
#include "stop_store.hpp"
#include "telling.hpp"

namespace dontgoback::core::moderation {
namespace {

using audit::Action;
using feed::Withheld;
using storage::Connection;

constexpr Failure kNotHidden{FailureKind::conflict, {"숨겨진 글이 아닙니다.", "It is not hidden."}};
constexpr Failure kNotSuspended{FailureKind::conflict, {"정지된 계정이 아닙니다.", "The account is not suspended."}};

template <class Change>
bool change(Connection& connection, const Target& target, Withheld why, Change change) {
  return target.kind == TargetKind::comment ? change(connection, feed::CommentId{target.id}, why)
                                            : change(connection, feed::PostId{target.id}, why);
}
bool withhold(Connection& connection, const Target& target, Withheld why) {
  return change(connection, target, why, [](auto& c, auto id, Withheld w) { return feed::withhold(c, id, w); });
}
bool release(Connection& connection, const Target& target, Withheld why) {
  return change(connection, target, why, [](auto& c, auto id, Withheld w) { return feed::release(c, id, w); });
}

/// The text, held, that the actor may act on.
Result<Found> hold_text(Connection& connection, const Actor& actor, const Target& target) {
  auto found = hold_target(connection, target);
  if (!found || found->text->deleted) return target.kind == TargetKind::comment ? feed::kNoComment : feed::kNoPost;
  if (const auto may = may_act_on(connection, actor, *found); !may) return may.failure();
  return *std::move(found);
}

/// What stands: the latest act about the target, or one that says only that it is so.
Standing standing(Connection& connection, const Target& target, UserId author, Action action) {
  const auto act = last_act(connection, target);
  if (!act || act->action != action) return {{{}, author, action, target, "", {}, {}, {}, {}, {}}, std::nullopt};
  return {*act, audit::actor_of(connection, act->id)};
}

/// Writes an act down; whom it concerns is told.
Standing do_act(Connection& connection, const Actor& actor, Act act, std::optional<UserId> whom, Said said) {
  act.id = audit::record(connection, actor.id, act.action, act.target, act.reason, act.at);
  add_act(connection, act);
  if (whom && act.user == accounts::kUnlinked) set_concerned(connection, act.id, *whom);
  tell(connection, whom, said, act.target, act.reason, act.at);
  return {std::move(act), actor.id};
}

void close_open_case(Connection& connection, const Standing& by, Decision decision) {
  const auto open = find_open_case(connection, by.act.target);
  if (!open) return;
  if (open->objection_to) {
    set_outcome(connection, *open->objection_to, decision == Decision::dismiss ? Outcome::undone : Outcome::kept);
  }
  close_case(connection, open->id, decision, by.act.id, by.act.reason, by.act.at);
}

Act act_of(UserId user, Action action, const Target& target, std::string_view reason, time::Timestamp now) {
  return {{}, user, action, target, std::string(reason), now, std::nullopt, std::nullopt, std::nullopt, std::nullopt};
}

}  // namespace

Result<Standing> hide(Connection& connection, const Actor& actor, const Target& target, std::string_view reason,
                      time::Timestamp now) {
  return hide_saying(connection, actor, target, reason, now, Said::hidden);
}

Result<Standing> hide_saying(Connection& connection, const Actor& actor, const Target& target, std::string_view reason,
                             time::Timestamp now, Said said) {
  const auto found = hold_text(connection, actor, target);
  if (!found) return found.failure();
  if (!withhold(connection, target, Withheld::moderated)) {
    return standing(connection, target, found->author, Action::hide);
  }
  release(connection, target, Withheld::waiting);
  auto done = do_act(connection, actor, act_of(found->author, Action::hide, target, reason, now), found->owner, said);
  close_open_case(connection, done, Decision::hide);
  return done;
}

Result<Standing> restore(Connection& connection, const Actor& actor, const Target& target, std::string_view reason,
                         time::Timestamp now) {
  const auto found = hold_text(connection, actor, target);
  if (!found) return found.failure();
  const auto hidden_by = last_act(connection, target);
  const bool was_hidden = release(connection, target, Withheld::moderated);
  const bool waited = release(connection, target, Withheld::waiting);
  if (!was_hidden && !waited) {
    auto before = standing(connection, target, found->author, Action::restore);
    if (!before.by) return kNotHidden;
    return before;
  }
  if (found->owner && hidden_by) drop_stop_for(connection, *found->owner, hidden_by->id);
  auto done =
      do_act(connection, actor, act_of(found->author, Action::restore, target, reason, now), found->owner, Said::shown);
  close_open_case(connection, done, Decision::dismiss);
  return done;
}

Result<Standing> suspend(Connection& connection, const accounts::LifeCycle& life_cycle, const Actor& actor, UserId user,
                         const Suspending& suspending, time::Timestamp now) {
  accounts::lock_account(connection, user);
  if (const auto may = may_act_on(connection, actor, user); !may) return may.failure();
  const Target target{TargetKind::user, user.value};
  const auto there = find_suspension(connection, user);
  if (there && there->ends_at == suspending.ends_at) return standing(connection, target, user, Action::suspend);
  const auto before =
      life_cycle.set_status(connection, user, accounts::AccountStatus::suspended, suspending.reason, now);
  if (!before) return accounts::kNoUser;
  auto act = act_of(user, Action::suspend, target, suspending.reason, now);
  act.ends_at = suspending.ends_at;
  auto done = do_act(connection, actor, std::move(act), user, Said::suspended);
  const auto was = there ? there->before : *before;
  set_suspension(connection,
                 {user, done.act.id, was == accounts::AccountStatus::suspended ? accounts::AccountStatus::active : was,
                  suspending.ends_at});
  close_cases_of(connection, user, Decision::suspend, done.act.id, suspending.reason, now);
  return done;
}

Result<Standing> lift(Connection& connection, const accounts::LifeCycle& life_cycle, const Actor& actor, UserId user,
                      std::string_view reason, time::Timestamp now) {
  accounts::lock_account(connection, user);
  if (const auto may = may_act_on(connection, actor, user); !may) return may.failure();
  const Target target{TargetKind::user, user.value};
  const auto account = accounts::find_standing(connection, user);
  if (account->status != accounts::AccountStatus::suspended) {
    auto before = standing(connection, target, user, Action::lift);
    if (!before.by) return kNotSuspended;
    return before;
  }
  const auto there = find_suspension(connection, user);
  const auto to = there ? there->before : accounts::AccountStatus::active;
  life_cycle.set_status(connection, user, to, reason, now);
  drop_suspension(connection, user);
  auto done = do_act(connection, actor, act_of(user, Action::lift, target, reason, now), user, Said::lifted);
  close_open_case(connection, done, Decision::dismiss);
  return done;
}

}  // namespace dontgoback::core::moderation
