#pragma once

#include "dontgoback/http/request.hpp"
#include "dontgoback/json/writer.hpp"
#include "likes.hpp"
#include "model.hpp"
#include "unlinked.hpp"

// The wire's `Feed`, `Comment` and like state (contract, section 3), as who asks is shown them. What is left of
// somebody who has gone has the user 0, whom there is not, and says so in the language of the request. So has what is
// written unlinked, with the name that is shown of its author.
namespace dontgoback::core::feed {

void write(json::Writer& writer, const Post& post, const http::Request& request);
/// With the face that who asks has below it, named.
void write(json::Writer& writer, const Post& post, const std::optional<Face>& mine, const http::Request& request);
void write(json::Writer& writer, const Comment& comment, const http::Request& request);
void write(json::Writer& writer, const LikeState& state);

}  // namespace dontgoback::core::feed
