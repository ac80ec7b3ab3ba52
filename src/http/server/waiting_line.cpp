#include "http/server/waiting_line.hpp"

#include "http/server/connection.hpp"

namespace dontgoback::http {
namespace {

// How many are looked at for one of an address: it has at least a quarter of all places when that is asked.
constexpr int kLookedAt = 512;

}  // namespace

void WaitingLine::join(Connection& connection, Time since) {
  connection.waits_since = since;
  line_.push_back(connection);
  note_oldest();
}

void WaitingLine::leave(Connection& connection) {
  if (!connection.InWaitingLine::is_linked()) return;
  line_.erase(line_.iterator_to(connection));
  note_oldest();
}

bool WaitingLine::make_place(const AddressPlaces::Place* address) {
  int looked_at = 0;
  for (auto& connection : line_) {
    if (++looked_at > kLookedAt) return false;
    if (address != nullptr && !connection.place().is_of(*address)) continue;
    if (!connection.give_way()) continue;
    leave(connection);
    return true;
  }
  return false;
}

void WaitingLine::note_oldest() {
  const auto time = line_.empty() ? Time::max() : line_.front().waits_since;
  oldest_.store(time.time_since_epoch().count(), std::memory_order_relaxed);
}

}  // namespace dontgoback::http
