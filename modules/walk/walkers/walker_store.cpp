#include "nickname.hpp"
#include "row_store.hpp"

namespace dontgoback::walk::walkers {

std::optional<Walker> find(storage::Connection& connection, WalkerId id) {
  return one_walker(connection, "SELECT " WALKER_COLUMNS " FROM walkers w WHERE w.id = :id", id);
}

std::optional<Walker> find_by_uuid(storage::Connection& connection, const Uuid& uuid) {
  const std::string_view bytes(reinterpret_cast<const char*>(uuid.bytes.data()), uuid.bytes.size());
  return one_walker(connection, "SELECT " WALKER_COLUMNS " FROM walkers w WHERE w.uuid = :uuid", bytes);
}

std::optional<Walker> find_by_nickname(storage::Connection& connection, std::string_view nickname) {
  const auto folded = folded_nickname(nickname);
  if (folded.empty()) return std::nullopt;
  return one_walker(connection, "SELECT " WALKER_COLUMNS " FROM walkers w WHERE w.folded = :folded AND w.status = 0",
                    folded);
}

void set_offset(storage::Connection& connection, WalkerId id, std::int64_t offset_minutes) {
  connection.execute("UPDATE walkers SET offset_minutes = :offset WHERE id = :id", offset_minutes, id);
}

bool lock_walker(storage::Connection& connection, WalkerId id) {
  if (connection.dialect() == storage::Dialect::sqlite) {  // who writes is alone
    return connection.one<std::int64_t>("SELECT id FROM walkers WHERE id = :id", id).has_value();
  }
  return connection.one<std::int64_t>("SELECT id FROM walkers WHERE id = :id FOR UPDATE", id).has_value();
}

}  // namespace dontgoback::walk::walkers
