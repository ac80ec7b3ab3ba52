#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "dontgoback/security/jose/signing_key.hpp"
#include "dontgoback/security/jose/verification_keys.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::core::sessions {

/// What every core node must have in common to take over another's sessions.
struct SessionKeys {
  security::SigningKey signing;  ///< of access tokens, RS256
  std::string refresh;           ///< 32 bytes that derive a refresh token's successor
};

/// The keys in the database, made first when they are not there: nodes that start at once end with the same ones. They
/// are sealed with the file's key, so that a copy of the database alone signs nobody in.
/// Throws std::invalid_argument, naming the file and the ways out, when it is missing or is not the one they were
/// sealed with.
SessionKeys load_session_keys(storage::Database& database, const std::filesystem::path& key_file);

/// The public half, for verifying what this node and its siblings signed.
std::shared_ptr<security::VerificationKeys> public_keys_of(const security::SigningKey& key);

}  // namespace dontgoback::core::sessions
