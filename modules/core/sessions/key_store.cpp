#include "key_store.hpp"

namespace dontgoback::core {

std::optional<std::string> find_sealed_key(storage::Connection& connection, std::string_view name) {
  const auto row = connection.one<std::string>("SELECT sealed FROM sealed_keys WHERE name = :name", name);
  if (!row) return std::nullopt;
  return std::get<0>(*row);
}

void add_sealed_key(storage::Connection& connection, std::string_view name, std::string_view sealed) {
  connection.execute("INSERT INTO sealed_keys (name, sealed) VALUES (:name, :sealed)", name, sealed);
}

}  // namespace dontgoback::core
