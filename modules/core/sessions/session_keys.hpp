#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/backup.hpp"
#include "dontgoback/security/jose/signing_key.hpp"
#include "dontgoback/security/jose/verification_keys.hpp"
#include "dontgoback/storage/database.hpp"

namespace dontgoback::core {

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

/// The way out when the file is lost: forgets the keys in the database, opened or not, and ends every session, so that
/// the next start makes new ones. Returns how many sessions were open.
std::int64_t reset_session_keys(storage::Database& database, time::Timestamp now);

/// The name of that file in a backup.
inline constexpr std::string_view kSessionKeyFile = "session-key";
/// Whether the file in a copy of a node opens the keys in its database: what is wrong.
std::vector<std::string> check_session_keys(const backup::Copy& copy);

/// The public half, for verifying what this node and its siblings signed.
std::shared_ptr<security::VerificationKeys> public_keys_of(const security::SigningKey& key);

}  // namespace dontgoback::core
