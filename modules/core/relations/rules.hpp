#pragma once

#include "dontgoback/result.hpp"
#include "relations.hpp"

// Rules of relations, each in the caller's write transaction. Every one may be done twice.
namespace dontgoback::core::relations {

inline constexpr int kMostRelated = 1000;  ///< of a kind, an account

/// `user` turns away from `other`. invalid: that is oneself; not_found: there is none, or it is as if there were none
/// to `user`; invalid: there are kMostRelated already.
struct TurningAway {
  UserId user;
  UserId other;
  time::Timestamp now;
};
Result<Done> block(storage::Connection& connection, const Listeners& listeners, const TurningAway& turning);
Result<Done> mute(storage::Connection& connection, const Listeners& listeners, const TurningAway& turning);
/// Nothing to do when it was none. not_found: it was none, and there is no such account, or it is as if there were
/// none.
Result<Done> unblock(storage::Connection& connection, UserId user, UserId other);
Result<Done> unmute(storage::Connection& connection, UserId user, UserId other);

/// The words replace what there was.
void hide_words(storage::Connection& connection, UserId user, const HiddenWords& words);

}  // namespace dontgoback::core::relations
