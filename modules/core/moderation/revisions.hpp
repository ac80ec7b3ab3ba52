#pragma once

#include "model.hpp"

// What a text said before it was edited, for who moderates. In the caller's write transaction.
namespace dontgoback::core::moderation {

/// The newest first, unlinked texts' as well; that they were read is in the audit trail, each time there is one to
/// read. not_found: there is no such text, its author deleted it, or put it away before anything was reported of it.
Result<std::vector<feed::Revision>> read_revisions(storage::Connection& connection, UserId actor, const Target& target,
                                                   time::Timestamp now);

}  // namespace dontgoback::core::moderation
