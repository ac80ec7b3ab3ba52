#pragma once

#include <stdexcept>

#include "dontgoback/result.hpp"

namespace dontgoback::storage {

/// The transaction was rolled back and the same work may succeed when run again: a deadlock, a lock not had in time, a
/// Galera node that is not ready or lost the certification race.
class Retry : public Unavailable {
 public:
  using Unavailable::Unavailable;
};

/// The connection ended under a statement. Whatever its transaction did is undone, unless it ended under COMMIT.
class ConnectionLost : public Unavailable {
 public:
  using Unavailable::Unavailable;
};

/// A schema change found what it makes in place, or what it drops gone.
class AlreadyDone : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace dontgoback::storage
