#pragma once

#include <array>
#include <atomic>
#include <optional>

#include "dontgoback/http/response.hpp"
#include "dontgoback/telemetry/metrics.hpp"
#include "http/server/exchange.hpp"
#include "http/server/settings.hpp"

namespace dontgoback::http {

/// How often requests may come (docs/limits.md): judged before a request's body is read, by its route's class. Takes of
/// the account's share, the address', the /48's and the node's, of all or of none. Guests share an address, a /48 and
/// the node with who is not signed in, members with members, so neither is refused for what the other takes. Services
/// are not limited here. Any thread; asks memory only.
class Admission {
 public:
  Admission(const ServerSettings& settings, telemetry::Metrics& metrics);

  /// When it is not known yet who asks: an answer when it would be refused whoever it is. Takes nothing.
  std::optional<Response> refuse_unknown(const Exchange& exchange);
  /// When it is known: takes what the request costs. An answer when that is too much.
  std::optional<Response> refuse(Exchange& exchange);
  /// What is left of the account's share, for answers to what costs more than a read.
  static void tell(const Exchange& exchange, Response& response);

 private:
  enum class Whose { account, address, site, total };
  static constexpr std::size_t kWhose = 4;
  struct Refusals {
    telemetry::Counter* counter = nullptr;
    std::atomic<std::uint64_t> unlogged{0};
    std::atomic<std::int64_t> next_line{0};  // steady nanoseconds
  };
  class Shares;

  const limits::Policy* policy_of(const Exchange& exchange) const;
  Response refused(const Exchange& exchange, const Shares& shares, const limits::Verdict& verdict);
  void note(RouteClass route_class, Whose whose);

  limits::Limiter* const limiter_;
  const limits::Policies policies_;
  std::array<std::array<Refusals, kWhose>, kRouteClasses> refusals_;
  /// Until when what many share is used up in a class, as far as is known: only then is it worth a look.
  std::array<std::atomic<std::int64_t>, kRouteClasses> used_up_until_{};
};

}  // namespace dontgoback::http
