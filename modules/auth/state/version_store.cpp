#include "state/version_store.hpp"

namespace dontgoback::auth {

std::int64_t version_of(storage::Connection& connection) {
  return std::get<0>(connection.one<std::int64_t>("SELECT version FROM auth_state WHERE id = 1").value());
}

void note_change(storage::Connection& connection) {
  connection.execute("UPDATE auth_state SET version = version + 1 WHERE id = 1");
}

}  // namespace dontgoback::auth
