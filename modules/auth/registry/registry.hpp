#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "dontgoback/security/jose/signing_key.hpp"
#include "dontgoback/storage/database.hpp"
#include "registry/snapshot.hpp"

namespace dontgoback::auth {

/// Keeps the newest snapshot of what is in the database, together with the clients from configuration. Commands and
/// other auth nodes change the database; `refresh` looks whether they did. Any thread.
class Registry {
 public:
  /// Reads everything; at least one key must be there. `file_key` opens the keys.
  Registry(storage::Database& database, std::vector<Client> configured, std::string file_key);

  /// Never blocks.
  std::shared_ptr<const Snapshot> current() const;
  /// Reads anew when the database has a newer version: a job does so every second, and whoever has just written. True:
  /// there was one. Blocks. Throws storage's exceptions; what was known stays.
  bool refresh();

 private:
  std::shared_ptr<Snapshot> read();

  storage::Database& database_;
  const std::vector<Client> configured_;
  const std::string file_key_;
  std::mutex refreshing_;
  std::unordered_map<std::string, security::SigningKey> opened_;  // by kid: opening one costs a signature
  mutable std::mutex mutex_;
  std::shared_ptr<const Snapshot> current_;
};

}  // namespace dontgoback::auth
