#pragma once

#include <functional>
#include <memory>

#include "board.hpp"
#include "dontgoback/module.hpp"
#include "store.hpp"

// Who walked how much, compared: a walker and its friends.
namespace dontgoback::walk::boards {

struct Settings {
  /// Below it a day is doubtful.
  LeastConfidence least_confidence = 50;

  void declare(config::Options& options);
};

/// Whether a walker's session goes on. Reads; in the caller's closure.
using GoesOn = std::function<bool(storage::Connection&, WalkerId, std::int64_t session)>;

/// `dontgoback steps verify`.
std::vector<Command> commands();

/// Who wants to be compared with strangers is forgotten with its walker, and another says so itself.
const walkers::Subscriber& subscriber();
/// Whether it wants that, and what it was told.
const walkers::Exporter& exporter();
/// Counts percentiles anew, each hour.
jobs::Job percentiles_job(Host& host, const Settings& settings);
void add_percentile_routes(Host& host, const http::Authenticator& sessions);

class Streams;

/// The boards of this node. Adds /api/v1/boards. `sessions` is to live as long as the router, this as long as the node
/// serves; it ends the open streams.
class Boards {
 public:
  Boards(Host& host, const http::Authenticator& sessions, GoesOn goes_on, const Settings& settings);
  ~Boards();
  Boards(const Boards&) = delete;
  Boards& operator=(const Boards&) = delete;

  /// As `friends_board`, now.
  Board of_friends(storage::Connection& connection, WalkerId walker, Period period) const;

 private:
  const time::Clock& clock_;
  const Settings settings_;
  const std::unique_ptr<Streams> streams_;
};

}  // namespace dontgoback::walk::boards
