#include "notifications.hpp"
#include "pushing.hpp"
#include "store.hpp"

namespace dontgoback::core::notifications {
namespace {

/// Who does something, as who is told of it hears it.
struct Doer {
  Person person;
  std::string name;

  bool is_unlinked() const { return person.account == accounts::kUnlinked; }
};

/// An unlinked face stays one in its thread, whatever its account is called that day.
Doer doer(const accounts::Account& by, const feed::Face* face) {
  if (face != nullptr && face->unlinked) return {{accounts::kUnlinked, face->number}, face->author};
  return {{by.id}, by.name()};
}

/// Whether whose it is wants to hear of it. Nobody is told of what they did themselves. Blocks and mutes are between
/// accounts: that an unlinked face is not heard any more would say whose it is.
bool is_told(storage::Connection& connection, const Target& target, UserId by, const Doer& doer) {
  return target.to != by && target.to != accounts::kDeparted && accounts::wants(connection, target.to, target.kind) &&
         (doer.is_unlinked() || !relations::turns_away_from(connection, target.to, by));
}

/// Drawn together with what has not been read, where each person counts once.
void put(storage::Connection& connection, const Target& target, const Event& event, const Person& by) {
  if (const auto open = find_open(connection, target)) {
    const auto person = find_person(connection, target, by);
    extend(connection, target, *open, event, person && *person >= open->began ? 0 : 1);
  } else {
    add(connection, target, event);
    drop_surplus(connection, target.to);
  }
  remember_person(connection, target, by, event);
}

/// Something that is said each time: the same people may say more.
void tell(storage::Connection& connection, const Target& target, const feed::Listener::Commented& event) {
  const auto by = doer(event.by, &event.face);
  if (!is_told(connection, target, event.by.id, by)) return;
  const auto number = next_number(connection, target.to);
  put(connection, target, {number, event.id, by.name, event.now}, by.person);
  push(connection, target, event.now);
}

Doer doer(const feed::Listener::Liked& like) { return doer(like.by, like.face ? &*like.face : nullptr); }

/// Nothing: whose it is is gone.
std::optional<Target> target_of(const feed::Listener::Liked& like) {
  if (!like.owner) return std::nullopt;
  return Target{*like.owner, like.comment ? Kind::comment_like : Kind::feed_like, like.post, like.comment};
}

/// As whom a like was told of: it may have been given before its giver had a face there.
std::optional<Person> told_as(storage::Connection& connection, const Target& target,
                              const feed::Listener::Liked& like) {
  for (const auto& person : {doer(like).person, Person{like.by.id}}) {
    if (find_person(connection, target, person)) return person;
  }
  return std::nullopt;
}

class Telling final : public feed::Listener {
  void commented(storage::Connection& connection, const Commented& event) const override {
    if (event.parent && event.parent->owner) {
      tell(connection, {*event.parent->owner, Kind::reply, event.post, event.parent->id}, event);
    }
    // Once is enough for who wrote both.
    if (!event.post_owner || (event.parent && event.parent->owner == event.post_owner)) return;
    tell(connection, {*event.post_owner, Kind::comment, event.post, std::nullopt}, event);
  }

  void liked(storage::Connection& connection, const Liked& like) const override {
    const auto target = target_of(like);
    const auto by = doer(like);
    if (!target || !is_told(connection, *target, like.by.id, by)) return;
    const auto number = next_number(connection, target->to);  // first: it holds what is read next
    if (told_as(connection, *target, like)) return;           // a like is told once
    put(connection, *target, {number, like.comment, by.name, like.now}, by.person);
    push(connection, *target, like.now);
  }

  void unliked(storage::Connection& connection, const Liked& like) const override {
    const auto target = target_of(like);
    if (!target) return;
    const auto person = told_as(connection, *target, like);  // which is held with what is liked
    if (!person) return;
    next_number(connection, target->to);
    const auto open = find_open(connection, *target);
    const auto event = find_person(connection, *target, *person);
    if (!open || !event || *event < open->began) return;  // it was read, and stays told
    forget_person(connection, *target, *person);
    const auto other = last_person(connection, *target, open->began);
    if (open->people > 1 && other) {
      shrink(connection, *target, *open, *other);
    } else {
      drop(connection, target->to, open->number);
    }
  }
};

class Forgetting final : public relations::Listener {
  void turned_away(storage::Connection& connection, UserId user, UserId other) const override {
    const auto told = told_of(connection, user, other);
    if (told.empty()) return;
    next_number(connection, user);  // nobody tells it anything beside
    for (const auto& [target, number] : told) {
      forget_person(connection, target, {other});
      const auto holding = find_holding(connection, target, number);
      if (!holding) continue;
      const auto name = last_person(connection, target, holding->began);
      if (holding->people > 1 && name) {
        shrink(connection, target, *holding, *name);
        if (target.kind != Kind::comment_like) forget_comment(connection, user, holding->number);  // maybe the other's
      } else {
        drop(connection, user, holding->number);
      }
    }
  }
};

}  // namespace

const relations::Listener& turnings() {
  static const Forgetting kForgetting;
  return kForgetting;
}

const feed::Listener& listener() {
  static const Telling kListener;
  return kListener;
}

}  // namespace dontgoback::core::notifications
