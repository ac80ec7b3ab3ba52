#pragma once

#include <cstdint>

#include "dontgoback/storage/connection.hpp"
#include "model.hpp"

// SQL of the column `hidden`. Bits are those of `Withheld`, and kBelow.
namespace dontgoback::core::feed {

/// Of a reply: what it replies to is withheld.
inline constexpr int kBelow = 8;

/// Whether what a reply answers counts it: it may be out of sight with that, but for no reason of its own.
constexpr bool is_counted_below(int withheld) { return (withheld & ~kBelow) == 0; }

/// Writes the bits; 0: it is shown, if its author is.
void set_withheld(storage::Connection& connection, PostId id, int bits);
void set_withheld(storage::Connection& connection, CommentId id, int bits);

/// Gives all replies to a comment kBelow, or takes it from them. How many went out of sight, or came back.
std::int64_t withhold_replies(storage::Connection& connection, PostId post, CommentId parent);
std::int64_t release_replies(storage::Connection& connection, PostId post, CommentId parent);

}  // namespace dontgoback::core::feed
