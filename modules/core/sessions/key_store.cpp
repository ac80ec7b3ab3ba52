#include "key_store.hpp"

namespace dontgoback::core::sessions {

std::optional<std::string> find_sealed_key(storage::Connection& connection, std::string_view name) {
  const auto row = connection.one<std::string>("SELECT sealed FROM sealed_keys WHERE name = :name", name);
  if (!row) return std::nullopt;
  return std::get<0>(*row);
}

std::vector<std::pair<std::string, std::string>> all_sealed_keys(storage::Connection& connection) {
  std::vector<std::pair<std::string, std::string>> keys;
  connection.each(
      "SELECT name, sealed FROM sealed_keys ORDER BY name", storage::args(),
      [&keys](std::string name, std::string sealed) { keys.emplace_back(std::move(name), std::move(sealed)); });
  return keys;
}

void remove_sealed_keys(storage::Connection& connection) { connection.execute("DELETE FROM sealed_keys"); }

void add_sealed_key(storage::Connection& connection, std::string_view name, std::string_view sealed) {
  connection.execute("INSERT INTO sealed_keys (name, sealed) VALUES (:name, :sealed)", name, sealed);
}

}  // namespace dontgoback::core::sessions
