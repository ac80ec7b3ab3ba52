#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "dontgoback/http/request.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::ports {

/// A post as whoever has its link may read it.
struct SharedPost {
  std::string text;
  std::string author;  ///< the name of the day it was written; empty: it bears none
  time::Timestamp written_at;
};

/// Posts for who has no account, where the operator lets strangers read (`--public-reading`). Offered by the core
/// module, where it runs, only then. Blocks; never on an I/O thread. Any thread.
class SharedPosts {
 public:
  virtual ~SharedPosts() = default;
  /// What strangers may read of a post, for who asks by `request`, which is counted as a stranger's. Nothing of one
  /// that is not there, that they may not read, and for a network that has asked for too many: nobody can tell which.
  virtual std::optional<SharedPost> find(const http::Request& request, std::int64_t id) = 0;
};

}  // namespace dontgoback::ports
