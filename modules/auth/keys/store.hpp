#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/security/jose/signing_key.hpp"
#include "dontgoback/storage/connection.hpp"
#include "keys/timeline.hpp"

// Signing keys in the database, sealed with the auth key file, so that a backup of the database alone signs nothing.
// What changes them also calls `note_change` (state/version_store.hpp) in the same transaction.
namespace dontgoback::auth {

struct SealedKey {
  KeyTimes times;
  std::string sealed;
};

std::string sealed(const security::SigningKey& key, std::string_view file_key);
/// Throws std::invalid_argument when the file's key is another, std::runtime_error for a damaged row.
security::SigningKey opened(const SealedKey& key, std::string_view file_key);

/// In order of sequence.
std::vector<SealedKey> all_keys(storage::Connection& connection);
std::vector<KeyTimes> all_key_times(storage::Connection& connection);
/// Throws storage::DuplicateKey when another node added one of that sequence first.
void add_key(storage::Connection& connection, const SealedKey& key);
void set_signs_from(storage::Connection& connection, std::int64_t sequence, time::Timestamp signs_from);
bool remove_key(storage::Connection& connection, std::int64_t sequence);

}  // namespace dontgoback::auth
