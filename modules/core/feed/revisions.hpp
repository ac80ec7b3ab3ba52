#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dontgoback/json/writer.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/storage/connection.hpp"
#include "model.hpp"

// What a post or comment said before it was edited (docs/decisions/revisions.md). An earlier text lives as long as the
// text that took its place: it is out of sight with it, in its author's export with it, and goes with it. Nothing
// searches it.
namespace dontgoback::core::feed {

/// So many earlier texts of one thing are kept: the first that is known, and the newest of the others.
inline constexpr std::int64_t kKeptRevisions = 20;

struct Revision {
  std::int64_t number =
      0;  ///< in the order in which they were written, from 1 on; where some are missing, those are gone
  std::string content;
  time::Timestamp written_at;  ///< when it was published
};

/// The newest first; for the author. not_found when `reader` does not see the thing, forbidden when it is another's.
Result<std::vector<Revision>> own_revisions(storage::Connection& connection, PostId id, UserId reader);
Result<std::vector<Revision>> own_revisions(storage::Connection& connection, CommentId id, UserId reader);

/// The same, whoever asks: who has asked elsewhere whether that may be.
std::vector<Revision> revisions_of(storage::Connection& connection, PostId id);
std::vector<Revision> revisions_of(storage::Connection& connection, CommentId id);

/// `{"revisions": […]}`
void write(json::Writer& writer, const std::vector<Revision>& revisions);

}  // namespace dontgoback::core::feed
