#include "keys/sealing.hpp"

#include <stdexcept>

#include "audit/store.hpp"
#include "dontgoback/security/files/secret_file.hpp"
#include "keys/store.hpp"
#include "state/denial_store.hpp"
#include "state/version_store.hpp"

namespace dontgoback::auth {

std::string sealing_key(storage::Database& database, const std::filesystem::path& file) {
  const bool needed = !database.read([](storage::Connection& connection) { return all_key_times(connection); }).empty();
  if (needed) return present_sealing_key(file);
  try {
    return security::read_or_create_key(file);
  } catch (const std::runtime_error& error) {
    throw std::invalid_argument(std::string(error.what()) + ": move it away, and a new one is made");
  }
}

std::string present_sealing_key(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) {
    throw std::invalid_argument(file.string() +
                                " is missing, and the signing keys in the database are sealed with it: restore it (or "
                                "copy it from another auth node), or start with new keys by `dontgoback keys reset "
                                "--yes`, after which every token issued so far is refused");
  }
  try {
    return security::read_key(file);
  } catch (const std::runtime_error& error) {
    throw std::invalid_argument(std::string(error.what()) +
                                ": restore the right file, or move it away and start with new keys by `dontgoback keys "
                                "reset --yes`");
  }
}

std::vector<std::string> check_sealing(const backup::Copy& copy) {
  const auto keys = all_keys(*copy.database);
  if (keys.empty()) return {};
  const auto file_key = copy.file(kSealingKeyFile);
  static const std::string kWaysOut = ": restore it, or start with new keys by `dontgoback keys reset --yes`";
  if (!file_key) return {"auth.key is missing, and the signing keys in the database are sealed with it" + kWaysOut};
  for (const auto& key : keys) {
    try {
      opened(key, *file_key);
    } catch (const std::exception&) {
      return {"auth.key does not open the signing keys in the database: it is not the file they were sealed with" +
              kWaysOut};
    }
  }
  return {};
}

void forget_keys(storage::Database& database, const time::Clock& clock, const std::filesystem::path& first_release_file,
                 const Actor& actor) {
  if (std::filesystem::exists(first_release_file)) {
    throw std::invalid_argument(first_release_file.string() +
                                " is there and would be taken over again: move it away first");
  }
  database.write([&](storage::Connection& connection) {
    note_change(connection);
    for (const auto& key : all_key_times(connection)) {
      remove_key(connection, key.sequence);
      AuditEntry entry;
      entry.at = clock.now();
      entry.actor = actor;
      entry.action = "key reset";
      entry.subject = key.kid;
      entry.result = "done";
      add_entry(connection, entry);
    }
  });
}

}  // namespace dontgoback::auth
