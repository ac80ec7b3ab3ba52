#pragma once

#include "dontgoback/result.hpp"
#include "friends.hpp"

// Rules of friendship, each in the caller's write transaction. Every one may be done twice.
namespace dontgoback::walk::friends {

/// What `walker` does with `other`, who is there.
struct Doing {
  WalkerId walker;
  WalkerId other;
  time::Timestamp now;
};

/// What there is between two as one of them may know it.
enum class Relation { none, oneself, asked, asked_by, friends, blocked };
Relation relation_of(storage::Connection& connection, WalkerId walker, WalkerId other);

struct Asked {
  Relation relation = Relation::asked;  ///< or `friends`, when the other had asked
  bool is_new = true;
};
/// invalid: that is oneself. conflict: the other is blocked by it; one of the two has no place for a friend, or for a
/// request.
Result<Asked> ask(storage::Connection& connection, const Listeners& listeners, const Doing& doing);
/// Says yes. not_found: there is no request. conflict: there is no place.
Result<Done> accept(storage::Connection& connection, const Listeners& listeners, const Doing& doing);
/// Takes back what it asked, or says no to what it was asked; nothing, when there is neither.
void decline(storage::Connection& connection, const Doing& doing);
/// Ends a friendship, when there is one.
void part(storage::Connection& connection, const Listeners& listeners, const Doing& doing);
/// invalid: that is oneself. conflict: there is no place.
Result<Done> block(storage::Connection& connection, const Listeners& listeners, const Doing& doing);
/// What the other asked meanwhile stays as what was refused.
void unblock(storage::Connection& connection, const Doing& doing);

}  // namespace dontgoback::walk::friends
