#pragma once

#include <optional>
#include <string_view>

#include "dontgoback/storage/connection.hpp"
#include "model.hpp"

namespace dontgoback::core::moderation {

/// What is said to whose it is, besides why.
enum class Said { hidden, stopped, shown, waits, suspended, lifted, followed, kept };

/// Tells whom an act concerns, in their notifications; nobody: who wrote it is gone. To come after what is locked of
/// posts, comments and accounts.
void tell(storage::Connection& connection, std::optional<UserId> user, Said said, const Target& target,
          std::string_view reason, time::Timestamp now);

}  // namespace dontgoback::core::moderation
