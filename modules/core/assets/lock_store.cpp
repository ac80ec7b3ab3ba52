#include "assets.hpp"

namespace dontgoback::core::assets {

bool is_done(storage::Connection& connection, std::string_view name) {
  return connection.one<std::int64_t>("SELECT 1 FROM backfills WHERE name = :name", name).has_value();
}

void mark_done(storage::Connection& connection, std::string_view name, time::Timestamp now) {
  try {
    connection.execute("INSERT INTO backfills (name, created_at) VALUES (:name, :now)", name, now);
  } catch (const storage::DuplicateKey&) {  // two runs at once wrote the same rows; one mark is enough
  }
}

}  // namespace dontgoback::core::assets
