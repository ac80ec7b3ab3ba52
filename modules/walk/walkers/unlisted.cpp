#include "unlisted.hpp"

#include "life_cycle.hpp"

namespace dontgoback::walk::walkers {

Walker add_unlisted(storage::Connection& connection, time::Timestamp now) {
  auto walker = add_walker(connection, std::nullopt, now);
  set_consent(connection, walker.id, now);
  walker.shares_steps = true;
  return walker;
}

void show_unlisted_as(storage::Connection& connection, WalkerId id, std::string_view nickname) {
  set_shown_nickname(connection, id, nickname);
}

void leave_for_good(storage::Connection& connection, const Subscribers& subscribers, WalkerId id, time::Timestamp now) {
  change_status(connection, subscribers, id, Status::leaving, now);
  set_status(connection, id, Status::leaving, kLongAgo);
}

}  // namespace dontgoback::walk::walkers
