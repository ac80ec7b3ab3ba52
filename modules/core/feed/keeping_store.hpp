#pragma once

#include <cstdint>

#include "dontgoback/storage/connection.hpp"
#include "model.hpp"

// SQL of saved_posts and hidden_posts; each change of the latter changes the version of what is turned away. Whoever
// adds holds the account.
namespace dontgoback::core::feed {

bool is_saved(storage::Connection& connection, UserId user, PostId post);
/// How many, up to `most`.
std::int64_t count_saved(storage::Connection& connection, UserId user, int most);
/// As the latest.
void add_saved(storage::Connection& connection, UserId user, PostId post, time::Timestamp now);
/// Whether it was there.
bool drop_saved(storage::Connection& connection, UserId user, PostId post);

void add_hidden(storage::Connection& connection, UserId user, PostId post);
/// Whether it was there.
bool drop_hidden(storage::Connection& connection, UserId user, PostId post);
/// Leaves the `kept` newest posts.
void drop_surplus_hidden(storage::Connection& connection, UserId user, int kept);

/// What `from` saved and hid becomes `to`'s; what is saved comes after what `to` has.
void hand_over_kept(storage::Connection& connection, UserId from, UserId to);
/// Drops up to a transaction's worth of what an account saved and hid; whether nothing is left.
bool drop_some_kept(storage::Connection& connection, UserId user);

}  // namespace dontgoback::core::feed
