#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "clients/client.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/storage/connection.hpp"

// Clients in the database. What changes them also calls `note_change` (state/version_store.hpp) in the same
// transaction.
namespace dontgoback::auth {

/// All of them in order of id, with their secrets and keys.
std::vector<Client> all_clients(storage::Connection& connection);
/// Throws storage::DuplicateKey when the id is taken.
void add_client(storage::Connection& connection, const Client& client);
/// All of it but its id, its secrets and when it was made.
void update_client(storage::Connection& connection, const Client& client);
/// False: there is no such client.
bool remove_client(storage::Connection& connection, std::string_view id);
bool set_disabled(storage::Connection& connection, std::string_view id, std::optional<time::Timestamp> disabled_at);

void add_secret(storage::Connection& connection, std::string_view client_id, const security::Digest& digest,
                time::Timestamp now);
void remove_secret(storage::Connection& connection, std::int64_t secret_id);
/// Removes all but the newest `keep`. The number removed.
std::int64_t remove_old_secrets(storage::Connection& connection, std::string_view client_id, int keep);
/// Never goes back in time; nothing happens when the secret has gone.
void note_use(storage::Connection& connection, std::int64_t secret_id, time::Timestamp used_at);

}  // namespace dontgoback::auth
