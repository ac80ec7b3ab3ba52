#include "notifications.hpp"
#include "pushing.hpp"
#include "store.hpp"

namespace dontgoback::core::notifications {
namespace {

/// Whether whose it is wants to hear of what `by` did. Nobody is told of what they did themselves.
bool is_told(storage::Connection& connection, const Target& target, UserId by) {
  return target.to != by && target.to != accounts::kDeparted && accounts::wants(connection, target.to, target.kind) &&
         !relations::turns_away_from(connection, target.to, by);
}

/// Drawn together with what has not been read, where each person counts once.
void put(storage::Connection& connection, const Target& target, const Event& event, UserId by) {
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
  if (!is_told(connection, target, event.by.id)) return;
  const auto number = next_number(connection, target.to);
  const auto name = event.by.name();
  put(connection, target, {number, event.id, name, event.now}, event.by.id);
  push(connection, target, event.now);
}

Target target_of(const feed::Listener::Liked& like) {
  return {like.author, like.comment ? Kind::comment_like : Kind::feed_like, like.post, like.comment};
}

class Telling final : public feed::Listener {
  void commented(storage::Connection& connection, const Commented& event) const override {
    if (event.parent) tell(connection, {event.parent->author, Kind::reply, event.post, event.parent->id}, event);
    // Once is enough for who wrote both.
    if (event.parent && event.parent->author == event.post_author) return;
    tell(connection, {event.post_author, Kind::comment, event.post, std::nullopt}, event);
  }

  void liked(storage::Connection& connection, const Liked& like) const override {
    const auto target = target_of(like);
    if (!is_told(connection, target, like.by.id)) return;
    const auto number = next_number(connection, like.author);  // first: it holds what is read next
    if (find_person(connection, target, like.by.id)) return;   // a like is told once
    const auto name = like.by.name();
    put(connection, target, {number, like.comment, name, like.now}, like.by.id);
    push(connection, target, like.now);
  }

  void unliked(storage::Connection& connection, const Liked& like) const override {
    const auto target = target_of(like);
    const auto person = find_person(connection, target, like.by.id);  // which is held with what is liked
    if (!person) return;
    next_number(connection, like.author);
    const auto open = find_open(connection, target);
    if (!open || *person < open->began) return;  // it was read, and stays told
    forget_person(connection, target, like.by.id);
    const auto other = last_person(connection, target, open->began);
    if (open->people > 1 && other) {
      shrink(connection, target, *open, *other);
    } else {
      drop(connection, like.author, open->number);
    }
  }
};

class Forgetting final : public relations::Listener {
  void turned_away(storage::Connection& connection, UserId user, UserId other) const override {
    const auto told = told_of(connection, user, other);
    if (told.empty()) return;
    next_number(connection, user);  // nobody tells it anything beside
    for (const auto& [target, number] : told) {
      forget_person(connection, target, other);
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
