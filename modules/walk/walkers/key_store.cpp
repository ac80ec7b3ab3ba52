#include "key_store.hpp"

namespace dontgoback::walk::walkers {

std::optional<std::string> find_sealed_key(storage::Connection& connection, std::string_view name) {
  const auto row = connection.one<std::string>("SELECT sealed FROM walk_keys WHERE name = :name", name);
  if (!row) return std::nullopt;
  return std::get<0>(*row);
}

void add_sealed_key(storage::Connection& connection, std::string_view name, std::string_view sealed) {
  connection.execute("INSERT INTO walk_keys (name, sealed) VALUES (:name, :sealed)", name, sealed);
}

void remove_sealed_key(storage::Connection& connection, std::string_view name) {
  connection.execute("DELETE FROM walk_keys WHERE name = :name", name);
}

}  // namespace dontgoback::walk::walkers
