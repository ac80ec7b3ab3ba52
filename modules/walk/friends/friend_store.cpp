#include "friends.hpp"

namespace dontgoback::walk::friends {

bool are_friends(storage::Connection& connection, WalkerId one, WalkerId other) {
  return connection
      .one<std::int64_t>("SELECT 1 FROM friendships WHERE walker_id = :one AND other_id = :other AND kind = 3", one,
                         other)
      .has_value();
}
std::vector<WalkerId> friends_of(storage::Connection&, WalkerId) { return {}; }
void add_routes(Host&, const http::Authenticator&, const Listeners&) {}
const walkers::Subscriber& subscriber() {
  static const walkers::Subscriber kNobody;
  return kNobody;
}

}  // namespace dontgoback::walk::friends
