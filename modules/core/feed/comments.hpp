#pragma once

#include <string_view>

#include "accounts/accounts.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/day.hpp"
#include "listener.hpp"
#include "model.hpp"

// Rules of comments and replies, each in the caller's write transaction. Texts are read_text's; `listeners` hear of it.
namespace dontgoback::core::feed {

inline constexpr Failure kNoComment{FailureKind::not_found, {"댓글을 찾을 수 없습니다.", "There is no such comment."}};

/// By the face that the author has in the thread, under its name of `today` where that is linked. not_found when the
/// post or the parent is gone, invalid when the parent is a reply or of another post, forbidden when the account is not
/// ACTIVE, conflict when another face is asked for than the author has there.
Result<CommentId> write_comment(storage::Connection& connection, const accounts::Directory& directory,
                                const Listeners& listeners, UserId author, const NewComment& comment,
                                time::Timestamp now, time::Day today);

/// The moment of the last edit: now, or an earlier one when the text is the same. not_found, forbidden (not the
/// author).
Result<time::Timestamp> edit_comment(storage::Connection& connection, const Listeners& listeners, CommentId id,
                                     UserId editor, std::string_view content, time::Timestamp now);

/// Deletes the comment and its replies. not_found, forbidden (not the author), invalid (deleted already).
Result<Done> remove_comment(storage::Connection& connection, const Listeners& listeners, CommentId id, UserId remover,
                            time::Timestamp now);

/// The same of what was written unlinked, at the moment that its author was given for it. Whether the author is still
/// there; nothing to do when it is deleted already.
bool remove_unlinked(storage::Connection& connection, const Listeners& listeners, CommentId id, time::Timestamp now);

}  // namespace dontgoback::core::feed
