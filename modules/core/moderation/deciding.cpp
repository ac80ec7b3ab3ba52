#include "act_store.hpp"
#include "acts.hpp"
#include "authority.hpp"
#include "case_store.hpp"
#include "reports.hpp"
#include "telling.hpp"

namespace dontgoback::core::moderation {
namespace {

using storage::Connection;

constexpr Failure kNoCase{FailureKind::not_found, {"신고를 찾을 수 없습니다.", "There is no such report."}};
constexpr Failure kDecided{FailureKind::conflict,
                           {"이미 다르게 처리되었습니다.", "It was decided already, in another way."}};
constexpr Failure kAnother{FailureKind::forbidden,
                           {"이의 제기는 다른 운영자가 처리합니다.", "Another moderator decides on this objection."}};
constexpr Failure kNoText{FailureKind::invalid, {"숨길 글이 없습니다.", "There is no text to hide."}};
constexpr Failure kNoAct{FailureKind::not_found, {"조치를 찾을 수 없습니다.", "There is no such act."}};
constexpr Failure kNobodyKnown{
    FailureKind::invalid,
    {"연결 없이 쓴 글은 작성자를 정지할 수 없습니다. 글쓰기를 멈추게 하거나 관리자에게 맡겨 주세요.",
     "It is not known who wrote what is unlinked: stop its author from writing, or let an admin look."}};
constexpr Failure kInFavour{FailureKind::invalid, {"이의를 제기할 조치가 아닙니다.", "There is nothing to object to."}};
constexpr Failure kOnce{FailureKind::conflict, {"이의는 한 번만 제기할 수 있습니다.", "One can object once."}};

struct Judge {
  Connection& connection;
  const accounts::LifeCycle& life_cycle;
  const Actor& actor;
  const Deciding& deciding;
  time::Timestamp now;

  /// For what needs no act of its own: the entry alone.
  void close(const Case& open, audit::Action action, Decision decision) const {
    const auto entry = audit::record(connection, actor.id, action, open.target, deciding.with.reason, now);
    if (open.objection_to) {
      // What it was about may have ended by itself: then there is nothing to undo, and it was right all the same.
      const bool right = decision == Decision::dismiss;
      set_outcome(connection, *open.objection_to, right ? Outcome::undone : Outcome::kept);
      const auto act = find_act(connection, *open.objection_to);
      tell(connection, act ? concerned(connection, *act) : std::nullopt, right ? Said::followed : Said::kept,
           open.target, deciding.with.reason, now);
    }
    close_case(connection, open.id, decision, entry, deciding.with.reason, now);
  }

  Result<Done> hide_it(const Case& open) const {
    if (open.target.kind == TargetKind::user) {
      if (!open.objection_to) return kNoText;
      close(open, audit::Action::suspend, Decision::hide);  // the suspension stands
      return Done{};
    }
    const auto done = hide(connection, actor, open.target, deciding.with.reason, now);
    if (!done) return done.failure();
    // It was hidden already, and stays so.
    if (find_case(connection, open.id)->open) close(open, audit::Action::hide, Decision::hide);
    return Done{};
  }

  Result<Done> dismiss(const Case& open) const {
    const auto undone = open.target.kind == TargetKind::user
                            ? lift(connection, life_cycle, actor, UserId{open.target.id}, deciding.with.reason, now)
                            : restore(connection, actor, open.target, deciding.with.reason, now);
    if (!undone && undone.failure().kind != FailureKind::conflict) return undone.failure();
    // Nothing was to be undone.
    if (find_case(connection, open.id)->open) close(open, audit::Action::dismiss, Decision::dismiss);
    return Done{};
  }

  Result<Done> suspend_author(const Case& open) const {
    const auto done = suspend(connection, life_cycle, actor, open.author, deciding.with, now);
    if (!done) return done.failure();
    if (find_case(connection, open.id)->open) close(open, audit::Action::suspend, Decision::suspend);
    return Done{};
  }

  Result<Done> decide(const Case& open) const {
    const auto found = find_target(connection, open.target);
    if (!found) return accounts::kNoUser;
    if (const auto may = may_act_on(connection, actor, *found); !may) return may.failure();
    if (open.objection_to && actor.id != audit::kOperator &&
        audit::actor_of(connection, *open.objection_to) == actor.id) {
      return kAnother;
    }
    switch (deciding.decision) {
      case Decision::hide:
        return hide_it(open);
      case Decision::suspend:
        return suspend_author(open);
      case Decision::dismiss:
      case Decision::gone:
        break;
    }
    return dismiss(open);
  }
};

}  // namespace

Result<Case> decide(Connection& connection, const accounts::LifeCycle& life_cycle, const Actor& actor, CaseId id,
                    const Deciding& deciding, time::Timestamp now) {
  const auto seen = find_case(connection, id);
  if (!seen) return kNoCase;
  if (deciding.decision == Decision::suspend && seen->author == accounts::kUnlinked) return kNobodyKnown;
  // In the order in which they are locked everywhere: an account, what it wrote, the case.
  bool is_there = true;
  if (deciding.decision == Decision::suspend || seen->target.kind == TargetKind::user) {
    accounts::lock_account(connection, seen->author);
  } else {
    const auto found = hold_target(connection, seen->target);
    is_there = found && !found->text->deleted;
  }
  const auto held = hold_case(connection, id);
  if (!held) return kNoCase;
  if (!held->open) {
    if (held->decision == deciding.decision || held->decision == Decision::gone) return *held;
    return kDecided;
  }
  const Judge judge{connection, life_cycle, actor, deciding, now};
  if (!is_there) {
    judge.close(*held, audit::Action::dismiss, Decision::gone);
  } else if (const auto done = judge.decide(*held); !done) {
    return done.failure();
  }
  return *find_case(connection, id);
}

Result<Act> object(Connection& connection, UserId user, ActId id, std::string_view text, time::Timestamp now) {
  accounts::hold_account(connection, user);
  const auto act = hold_act(connection, id);
  if (!act || concerned(connection, *act) != user) return kNoAct;
  if (act->objection) {
    if (*act->objection != text) return kOnce;
    return *act;
  }
  const bool against = act->action == audit::Action::hide || act->action == audit::Action::suspend;
  if (!against || last_act(connection, act->target)->id != id) return kInFavour;
  set_objection(connection, id, text, now);
  const auto in = open_case(connection, act->target, act->user, Queue::members, now);
  add_why(connection, in.id, Why::objection, Queue::members);
  set_objected_act(connection, in.id, id);
  return *find_act(connection, id);
}

}  // namespace dontgoback::core::moderation
