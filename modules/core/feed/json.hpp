#pragma once

#include "dontgoback/json/writer.hpp"
#include "likes.hpp"
#include "model.hpp"

// The wire's `Feed`, `Comment` and like state (contract, section 3), as `viewer` is shown them.
namespace dontgoback::core::feed {

void write(json::Writer& writer, const Post& post, const http::Identity& viewer);
void write(json::Writer& writer, const Comment& comment, const http::Identity& viewer);
void write(json::Writer& writer, const LikeState& state);

}  // namespace dontgoback::core::feed
