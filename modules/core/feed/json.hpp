#pragma once

#include "dontgoback/json/writer.hpp"
#include "likes.hpp"
#include "model.hpp"

// The wire's `Feed`, `Comment` and like state (contract, section 3).
namespace dontgoback::core::feed {

void write(json::Writer& writer, const Post& post);
void write(json::Writer& writer, const Comment& comment);
void write(json::Writer& writer, const LikeState& state);

}  // namespace dontgoback::core::feed
