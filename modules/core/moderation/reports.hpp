#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/result.hpp"
#include "dontgoback/storage/connection.hpp"
#include "model.hpp"

// Rules of reports, in the caller's write transaction.
namespace dontgoback::core::moderation {

struct NewReport {
  Target target;
  Reason reason;
  std::string text;  ///< "": none
};

/// Puts what somebody reports into the queue, once: the same target by the same person changes nothing while the case
/// is open, nor after it was decided unless the text was changed since. not_found when the reporter does not see it,
/// invalid when it is their own, forbidden when the account is not ACTIVE.
Result<Done> report(storage::Connection& connection, const http::Identity& reporter, const NewReport& report,
                    time::Timestamp now);

/// What the target is, as a moderator reads it; nothing where there never was one. An account has no text.
struct Found {
  UserId author;                ///< as whose it is shown
  std::optional<UserId> owner;  ///< whose it is, which no answer may hold; nothing when they are gone
  std::optional<feed::Whole> text;

  bool is_unlinked() const { return author == accounts::kUnlinked; }
};
std::optional<Found> find_target(storage::Connection& connection, const Target& target);
/// The same, and nobody else changes a text until the transaction ends.
std::optional<Found> hold_target(storage::Connection& connection, const Target& target);

}  // namespace dontgoback::core::moderation
