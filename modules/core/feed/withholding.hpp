#pragma once

#include "dontgoback/storage/connection.hpp"
#include "model.hpp"

// Posts and comments that are there but for nobody else's eyes: put away by their author, hidden by a moderator, or
// waiting for one. Each in the caller's write transaction. Others see of them what they see of a deleted one: nothing,
// and no count has them. The author still reads them, with the reasons.
namespace dontgoback::core::feed {

/// Why; each on its own, so that whoever gives one takes it back alone. The number is a bit of the column `hidden`.
enum class Withheld { archived = 1, moderated = 2, waiting = 4 };

/// Withholds it for that reason, too. False when there is nothing to change: it is already, it is deleted, or there is
/// none. A comment takes its replies along.
bool withhold(storage::Connection& connection, PostId id, Withheld why);
bool withhold(storage::Connection& connection, CommentId id, Withheld why);

/// Takes the reason back; without another one it is shown again as its author's account says then. False when there is
/// nothing to change. A comment brings back the replies that it took along.
bool release(storage::Connection& connection, PostId id, Withheld why);
bool release(storage::Connection& connection, CommentId id, Withheld why);

}  // namespace dontgoback::core::feed
