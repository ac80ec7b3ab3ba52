#include "registry/registry.hpp"

#include <algorithm>
#include <stdexcept>

#include "clients/store.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "keys/store.hpp"
#include "state/denial_store.hpp"
#include "state/version_store.hpp"

namespace dontgoback::auth {

Registry::Registry(storage::Database& database, std::vector<Client> configured, std::string file_key)
    : database_(database), configured_(std::move(configured)), file_key_(std::move(file_key)), current_(read()) {}

std::shared_ptr<const Snapshot> Registry::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

bool Registry::refresh() {
  const std::lock_guard one_at_a_time(refreshing_);
  const auto known = current();
  const auto version = database_.read([](storage::Connection& connection) { return version_of(connection); });
  if (version == known->version()) return false;
  auto fresh = read();
  fresh->share(*known);
  const std::lock_guard lock(mutex_);
  current_ = std::move(fresh);
  return true;
}

std::shared_ptr<Snapshot> Registry::read() {
  struct Rows {
    std::int64_t version;
    std::vector<Client> clients;
    std::vector<SealedKey> keys;
    std::vector<Denial> denials;
  };
  // The version first: what changes while the rest is read will be seen as newer.
  auto rows = database_.read([](storage::Connection& connection) {
    Rows found{version_of(connection), {}, {}, {}};
    found.clients = all_clients(connection);
    found.keys = all_keys(connection);
    found.denials = all_denials(connection);
    return found;
  });

  if (rows.keys.empty()) throw std::runtime_error("there is no signing key in the database");
  std::vector<Client> clients = configured_;
  for (auto& client : rows.clients) {
    const bool shadowed = std::any_of(configured_.begin(), configured_.end(),
                                      [&](const Client& configured) { return configured.id == client.id; });
    if (shadowed) {
      telemetry::log_warn("a client of the database is given by --auth-client too: that one counts",
                          {{"client", client.id}});
    } else {
      clients.push_back(std::move(client));
    }
  }
  std::vector<KeyTimes> times;
  std::vector<security::SigningKey> keys;
  for (auto& row : rows.keys) {
    auto known = opened_.find(row.times.kid);
    if (known == opened_.end()) known = opened_.emplace(row.times.kid, opened(row, file_key_)).first;
    keys.push_back(known->second);
    times.push_back(std::move(row.times));
  }
  std::erase_if(opened_, [&](const auto& entry) {
    return std::none_of(times.begin(), times.end(), [&](const KeyTimes& key) { return key.kid == entry.first; });
  });
  return std::make_shared<Snapshot>(rows.version, std::move(clients), std::move(times), std::move(keys),
                                    std::move(rows.denials));
}

}  // namespace dontgoback::auth
