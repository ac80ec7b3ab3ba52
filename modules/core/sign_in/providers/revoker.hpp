#pragma once

#include <memory>
#include <string_view>

#include "dontgoback/jobs/outbox.hpp"
#include "dontgoback/storage/database.hpp"
#include "sessions/sessions.hpp"
#include "sign_in/providers/provider.hpp"

namespace dontgoback::core::sign_in {

/// The form in which a token is kept until it is revoked: sealed, for one person.
std::optional<std::string> sealed_token(const sessions::Sessions& sessions, const ProvenPerson& proven);

/// Delivers the outbox's revocations; database and sessions are to live as long. Registered whatever providers there
/// are: messages of one that is not configured any more are not to stay.
void deliver_revocations(jobs::Outbox& outbox, storage::Database& database, const sessions::Sessions& sessions,
                         std::shared_ptr<const OpenIdSignIns> providers);

}  // namespace dontgoback::core::sign_in
