#pragma once

#include "dontgoback/result.hpp"
#include "post_store.hpp"
#include "unlinked.hpp"

// As whom somebody speaks. In the caller's write transaction.
namespace dontgoback::core::feed {

/// As whom an account writes a post, unlinked or not.
Face face_of_post(storage::Connection& connection, const accounts::Account& account, bool unlinked);

/// As whom an account speaks below a post, which is held: by the face that it has there, or by one that is made for it
/// now. `unlinked` is what it asks for; nothing: what it had, or linked. conflict when that is another face than it
/// has.
Result<Face> take_face(storage::Connection& connection, PostId id, const PostState& post,
                       const accounts::Account& account, std::optional<bool> unlinked);

/// As whose something of an account's with that face is stored. Views live as long as the face.
ShownAuthor shown_author(storage::Connection& connection, const accounts::Account& account, const Face& face);

}  // namespace dontgoback::core::feed
