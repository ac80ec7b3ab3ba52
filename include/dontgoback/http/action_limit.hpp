#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/limits/limiter.hpp"
#include "dontgoback/telemetry/metrics.hpp"

namespace dontgoback::http {

/// Whose share a limit counts.
enum class Whose {
  account,  ///< of who is signed in
  address,  ///< of the network; of IPv6 the /64
  site,     ///< the /48; an IPv4 address is its own, and counts once
  target,   ///< whom it is done to
  total,
};

/// How often one thing is done, beside what the class of its route allows: a mail that goes out, a code that is typed.
/// Any thread.
class ActionLimit {
 public:
  struct Share {
    Whose whose;
    limits::Rate rate;
  };

  /// `name` is the class in the metric of refusals, `too_many` what a 429 says, both literals. Without shares nobody is
  /// refused.
  ActionLimit(limits::Limiter& limiter, telemetry::Metrics& metrics, std::string_view name, Message too_many,
              std::initializer_list<Share> shares);

  /// Counts one more of all shares: how many the first has left, or the 429 of one that has none. `target`: a name for
  /// whom it is done to that is the same at every node and says nothing, such as a keyed hash.
  std::variant<std::int64_t, Response> take(const Request& request, std::string_view target = {}) const;
  /// The same for who does not ask what is left.
  std::optional<Response> refuse(const Request& request, std::string_view target = {}) const;

 private:
  struct Counted {
    Share share;
    telemetry::Counter* refused;
  };
  std::string key_of(Whose whose, const Request& request, std::string_view target) const;

  limits::Limiter& limiter_;
  const Message too_many_;
  std::vector<Counted> shares_;
};

}  // namespace dontgoback::http
