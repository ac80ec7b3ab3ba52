#pragma once

#include <optional>
#include <string_view>

#include "accounts/accounts.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/day.hpp"
#include "listener.hpp"
#include "model.hpp"

// Rules of posts, each in the caller's write transaction. Texts are read_text's; `listeners` hear of it.
namespace dontgoback::core::feed {

inline constexpr Failure kNoPost{FailureKind::not_found, {"게시글을 찾을 수 없습니다.", "There is no such post."}};
inline constexpr Failure kNotAuthor{FailureKind::forbidden,
                                    {"작성자만 할 수 있습니다.", "Only its author may do this."}};
inline constexpr Failure kMayNotWrite{FailureKind::forbidden,
                                      {"글을 쓸 수 없는 계정입니다.", "This account may not write."}};

/// Who writes or likes, by the name of `today`; nothing when the account is not ACTIVE. It stays so until the
/// transaction ends. To come before anything else of it.
std::optional<accounts::Account> hold_writer(storage::Connection& connection, const accounts::Directory& directory,
                                             UserId user, time::Day today);

/// Under the author's name of `today`, or, unlinked, what is shown of it. forbidden when the account is not ACTIVE.
Result<PostId> write_post(storage::Connection& connection, const accounts::Directory& directory,
                          const Listeners& listeners, UserId author, const NewPost& post, time::Timestamp now,
                          time::Day today);

/// The topic of shared::State that is told of each new post.
inline constexpr std::string_view kNewPostTopic = "feed/new";
/// The newest post that there is to be seen.
std::optional<PostId> newest_shown(storage::Connection& connection);

/// The moment of the last edit: now, or an earlier one when the text is the same, which nobody is told of.
/// not_found, forbidden (not the author).
Result<time::Timestamp> edit_post(storage::Connection& connection, const Listeners& listeners, PostId id, UserId editor,
                                  std::string_view content, time::Timestamp now);

/// Hides the post with all its comments. not_found, forbidden (not the author), invalid (deleted already).
Result<Done> remove_post(storage::Connection& connection, const Listeners& listeners, PostId id, UserId remover,
                         time::Timestamp now);

/// Deletes what was written unlinked, at the moment that its author was given for it. Whether the author is still
/// there; nothing to do when it is deleted already.
bool remove_unlinked(storage::Connection& connection, const Listeners& listeners, PostId id, time::Timestamp now);

}  // namespace dontgoback::core::feed
