#pragma once

#include <cstdint>
#include <optional>

#include "dontgoback/id.hpp"
#include "dontgoback/storage/connection.hpp"

// SQL of the marks in posts and comments, and of authors_to_mark.
namespace dontgoback::core::feed {

/// Writes down that the author's rows are to be marked so, and holds the note until the transaction ends.
void note_author(storage::Connection& connection, UserId author, bool hidden);
std::optional<UserId> first_noted(storage::Connection& connection);
/// How its rows are to be marked, held until the transaction ends; nothing when there is no such note any more.
std::optional<bool> hold_note(storage::Connection& connection, UserId author);
void drop_note(storage::Connection& connection, UserId author);

/// Marks up to `limit` of the author's rows that are marked otherwise, the newest first. How many there were.
std::int64_t mark_posts(storage::Connection& connection, UserId author, bool hidden, int limit);
std::int64_t mark_comments(storage::Connection& connection, UserId author, bool hidden, int limit);

}  // namespace dontgoback::core::feed
