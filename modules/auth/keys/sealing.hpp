#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "audit/entry.hpp"
#include "dontgoback/backup.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"

// The file whose key seals the signing keys in the database, and the way out when it is lost.
namespace dontgoback::auth {

/// The file's 32 bytes. They are made when the file is not there, but only for a database without signing keys: with
/// others those could never be opened. Throws std::invalid_argument, naming the file, when it is missed.
std::string sealing_key(storage::Database& database, const std::filesystem::path& file);

/// The same where nothing may be made: throws std::invalid_argument also when there is neither file nor signing key.
std::string present_sealing_key(const std::filesystem::path& file);

/// The name of that file in a backup.
inline constexpr std::string_view kSealingKeyFile = "auth-key";
/// The signing key that the first release kept in the data directory.
inline constexpr std::string_view kFirstReleaseKeyFile = "auth-signing-key.pem";
/// Whether the file in a copy of a node opens the keys in its database: what is wrong.
std::vector<std::string> check_sealing(const backup::Copy& copy);

/// Forgets every signing key, opened or not, so that the next start makes one; verifiers refuse what the old ones
/// signed as soon as they fetch the new set. Throws std::invalid_argument while `first_release_file` is there: its key,
/// which may have been retired since, would be taken over again.
void forget_keys(storage::Database& database, const time::Clock& clock, const std::filesystem::path& first_release_file,
                 const Actor& actor);

}  // namespace dontgoback::auth
