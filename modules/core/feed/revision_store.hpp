#pragma once

#include <string_view>

#include "revisions.hpp"

// SQL of post_revisions and comment_revisions.
namespace dontgoback::core::feed {

/// Of what is held: keeps its text, which another is about to replace, and lets go of what is more than kKeptRevisions.
void keep_revision(storage::Connection& connection, PostId id, std::string_view content, time::Timestamp written_at);
void keep_revision(storage::Connection& connection, CommentId id, std::string_view content, time::Timestamp written_at);

/// Of what keeps its place without words.
void drop_revisions(storage::Connection& connection, PostId id);
void drop_revisions(storage::Connection& connection, CommentId id);

/// What an author wrote, each with its earlier texts.
template <class Own>
std::vector<Own> with_revisions(storage::Connection& connection, std::vector<Own> written) {
  for (auto& each : written) {
    if (each.updated_at != each.created_at) each.revisions = revisions_of(connection, each.id);
  }
  return written;
}

}  // namespace dontgoback::core::feed
