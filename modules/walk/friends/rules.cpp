#include "rules.hpp"

#include <algorithm>
#include <string>

#include "store.hpp"

namespace dontgoback::walk::friends {
namespace {

using storage::Connection;

constexpr Failure kOneself{FailureKind::invalid, {"자기 자신에게는 할 수 없습니다.", "That is yourself."}};
constexpr Failure kBlocked{FailureKind::conflict,
                           {"차단한 사람입니다. 먼저 차단을 풀어 주세요.", "You block this walker; lift that first."}};
constexpr Failure kNoRequest{FailureKind::not_found, {"친구 요청이 없습니다.", "There is no such request."}};
constexpr Failure kTooManyFriends{
    FailureKind::conflict,
    {"친구는 500명까지입니다. 먼저 친구를 정리해 주세요.", "You have 500 friends, and there can be no more."}};
constexpr Failure kOtherHasTooManyFriends{
    FailureKind::conflict, {"상대의 친구가 500명이라 더 맺을 수 없습니다.", "This walker has 500 friends already."}};
constexpr Failure kTooManyPending{FailureKind::conflict,
                                  {"답을 기다리는 요청은 100개까지입니다. 오래된 요청을 거두어 주세요.",
                                   "100 of your requests wait for an answer; take some back."}};
constexpr Failure kTooManyAsk{
    FailureKind::conflict,
    {"상대가 받은 요청이 너무 많아 지금은 보낼 수 없습니다.", "Too many requests wait for this walker's answer."}};
constexpr Failure kTooManyBlocked{FailureKind::conflict,
                                  {"차단은 500명까지입니다.", "You block 500 walkers, and there can be no more."}};

/// Nobody else changes what is between the two. In order of their ids: two who act at once wait, and are not undone.
void lock_both(Connection& connection, const Doing& doing) {
  walkers::lock_walker(connection, std::min(doing.walker, doing.other));
  walkers::lock_walker(connection, std::max(doing.walker, doing.other));
}

bool is_full(Connection& connection, WalkerId walker, Kind kind, std::int64_t most) {
  return count(connection, walker, kind, most) >= most;
}

void changed(Connection& connection, const Doing& doing) {
  connection.notify(kChangedTopic, std::to_string(doing.walker.value) + "," + std::to_string(doing.other.value));
}

Result<Done> befriend(Connection& connection, const Listeners& listeners, const Doing& doing) {
  if (is_full(connection, doing.walker, Kind::friends, kMostFriends)) return kTooManyFriends;
  if (is_full(connection, doing.other, Kind::friends, kMostFriends)) return kOtherHasTooManyFriends;
  set(connection, doing.walker, doing.other, Kind::friends, doing.now);
  set(connection, doing.other, doing.walker, Kind::friends, doing.now);
  for (const auto* listener : listeners) {
    listener->became_friends(connection, doing.walker, doing.other, doing.now);
  }
  changed(connection, doing);
  return Done{};
}

void tell_parted(Connection& connection, const Listeners& listeners, const Doing& doing) {
  for (const auto* listener : listeners) listener->parted(connection, doing.walker, doing.other);
  changed(connection, doing);
}

}  // namespace

Relation relation_of(Connection& connection, WalkerId walker, WalkerId other) {
  if (walker == other) return Relation::oneself;
  switch (find_kind(connection, walker, other).value_or(Kind::refused)) {
    case Kind::asked:
      return Relation::asked;
    case Kind::asked_by:
      return Relation::asked_by;
    case Kind::friends:
      return Relation::friends;
    case Kind::blocks:
      return Relation::blocked;
    case Kind::refused:
      break;
  }
  return Relation::none;
}

Result<Asked> ask(Connection& connection, const Listeners& listeners, const Doing& doing) {
  if (doing.walker == doing.other) return kOneself;
  lock_both(connection, doing);
  const auto own = find_kind(connection, doing.walker, doing.other);
  const auto others = find_kind(connection, doing.other, doing.walker);
  if (own == Kind::friends) return Asked{Relation::friends, false};
  if (own == Kind::asked) return Asked{Relation::asked, false};
  if (own == Kind::blocks) return kBlocked;
  if (others == Kind::asked) {
    const auto done = befriend(connection, listeners, doing);
    if (!done) return done.failure();
    return Asked{Relation::friends, true};
  }
  // Asked of everybody alike, so that no answer tells who blocks or has refused.
  if (is_full(connection, doing.walker, Kind::friends, kMostFriends)) return kTooManyFriends;
  if (is_full(connection, doing.walker, Kind::asked, kMostPending)) return kTooManyPending;
  if (is_full(connection, doing.other, Kind::asked_by, kMostAskedBy)) return kTooManyAsk;
  set(connection, doing.walker, doing.other, Kind::asked, doing.now);
  if (!others) {
    set(connection, doing.other, doing.walker, Kind::asked_by, doing.now);
    for (const auto* listener : listeners) listener->asked(connection, doing.walker, doing.other, doing.now);
  }
  return Asked{};
}

Result<Done> accept(Connection& connection, const Listeners& listeners, const Doing& doing) {
  if (doing.walker == doing.other) return kNoRequest;
  lock_both(connection, doing);
  const auto own = find_kind(connection, doing.walker, doing.other);
  if (own == Kind::friends) return Done{};
  if (own != Kind::asked_by) return kNoRequest;
  return befriend(connection, listeners, doing);
}

void decline(Connection& connection, const Doing& doing) {
  lock_both(connection, doing);
  const auto own = find_kind(connection, doing.walker, doing.other);
  if (own == Kind::asked_by) set(connection, doing.walker, doing.other, Kind::refused, doing.now);
  if (own != Kind::asked) return;
  drop(connection, doing.walker, doing.other);
  if (find_kind(connection, doing.other, doing.walker) == Kind::asked_by) {
    drop(connection, doing.other, doing.walker);
  }
}

void part(Connection& connection, const Listeners& listeners, const Doing& doing) {
  lock_both(connection, doing);
  if (find_kind(connection, doing.walker, doing.other) != Kind::friends) return;
  drop(connection, doing.walker, doing.other);
  drop(connection, doing.other, doing.walker);
  tell_parted(connection, listeners, doing);
}

Result<Done> block(Connection& connection, const Listeners& listeners, const Doing& doing) {
  if (doing.walker == doing.other) return kOneself;
  lock_both(connection, doing);
  const auto own = find_kind(connection, doing.walker, doing.other);
  if (own == Kind::blocks) return Done{};
  if (is_full(connection, doing.walker, Kind::blocks, kMostBlocked)) return kTooManyBlocked;
  const auto others = find_kind(connection, doing.other, doing.walker);
  // As after a removal, or when a request is taken back. What the other asked, and whom it blocks, stays its own.
  if (others == Kind::friends || others == Kind::asked_by) drop(connection, doing.other, doing.walker);
  set(connection, doing.walker, doing.other, Kind::blocks, doing.now);
  if (own == Kind::friends) tell_parted(connection, listeners, doing);
  return Done{};
}

void unblock(Connection& connection, const Doing& doing) {
  lock_both(connection, doing);
  if (find_kind(connection, doing.walker, doing.other) != Kind::blocks) return;
  if (find_kind(connection, doing.other, doing.walker) == Kind::asked) {
    set(connection, doing.walker, doing.other, Kind::refused, doing.now);
  } else {
    drop(connection, doing.walker, doing.other);
  }
}

}  // namespace dontgoback::walk::friends
