#include "walkers.hpp"

namespace dontgoback::walk::walkers {
namespace {

#define WALKER_COLUMNS "id, uuid, nickname, status, offset_minutes, consented_at"

template <class... P>
std::optional<Walker> one(storage::Connection& connection, const storage::Sql& sql, const P&... parameters) {
  std::optional<Walker> found;
  connection.each(sql, storage::args(parameters...),
                  [&](WalkerId id, std::string_view uuid, std::string_view nickname, int status, std::int64_t offset,
                      std::optional<std::int64_t> consented_at) {
                    Walker walker{id, {}, std::string(nickname), static_cast<Status>(status), offset,
                                  consented_at.has_value()};
                    std::copy_n(uuid.begin(), std::min(uuid.size(), walker.uuid.bytes.size()),
                                walker.uuid.bytes.begin());
                    found = std::move(walker);
                  });
  return found;
}

}  // namespace

std::optional<Walker> find(storage::Connection& connection, WalkerId id) {
  return one(connection, "SELECT " WALKER_COLUMNS " FROM walkers WHERE id = :id", id);
}

std::optional<Walker> find_by_uuid(storage::Connection& connection, const Uuid& uuid) {
  const std::string_view bytes(reinterpret_cast<const char*>(uuid.bytes.data()), uuid.bytes.size());
  return one(connection, "SELECT " WALKER_COLUMNS " FROM walkers WHERE uuid = :uuid", bytes);
}

std::optional<Walker> find_by_nickname(storage::Connection& connection, std::string_view nickname) {
  return one(connection, "SELECT " WALKER_COLUMNS " FROM walkers WHERE folded = :folded AND status = 0", nickname);
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
