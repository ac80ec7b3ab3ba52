#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/http/route_class.hpp"
#include "dontgoback/result.hpp"

namespace dontgoback::http {

/// Finds out who makes a request. May block (a database, another node) unless the route is inline.
class Authenticator {
 public:
  virtual ~Authenticator() = default;
  /// By the request's head; its body is not there yet. The identity; or unauthenticated (401), forbidden (403),
  /// unavailable (503). Throws http::Error where the answer needs a field of its own (`WWW-Authenticate`).
  virtual Result<Identity> authenticate(const Request& request) const = 0;
};

/// Who may call a route, and what that counts as. There is no default: every route says it.
struct Access {
  enum class Need { nothing, optional, required };
  Need need;
  const Authenticator* by = nullptr;  ///< outlives the router
  std::string scope;                  ///< of a service's token; empty: any
  Role least_role = Role::guest;      ///< of an account
  bool internal = false;  ///< also needs an address on the allow-list, and no forwarding header from a stranger
  /// How often an account, an address and all together may call it. Of the user API only what is answered inline, out
  /// of memory, may be without.
  RouteClass counts_as = RouteClass::unlimited;

  /// Anybody, not even looked at.
  static Access anyone() { return {.need = Need::nothing, .scope = {}}; }
  /// Anybody; who is signed in is known to the handler.
  static Access account_if_any(const Authenticator& by) { return {.need = Need::optional, .by = &by, .scope = {}}; }
  static Access account(const Authenticator& by, Role least = Role::guest) {
    return {.need = Need::required, .by = &by, .scope = {}, .least_role = least};
  }
  /// A walker, whose authenticator lets in nobody else.
  static Access walker(const Authenticator& by) { return {.need = Need::required, .by = &by, .scope = {}}; }
  /// A bearer token of a service that has `scope`.
  static Access service(const Authenticator& by, std::string scope) {
    return {.need = Need::required, .by = &by, .scope = std::move(scope)};
  }
  /// The same, and only from an internal address (contract, section 4).
  static Access internal_service(const Authenticator& by, std::string scope) {
    return {.need = Need::required, .by = &by, .scope = std::move(scope), .internal = true};
  }
  /// The same, counted: `Access::account(sessions).as(RouteClass::write)`.
  Access as(RouteClass route_class) const {
    Access counted = *this;
    counted.counts_as = route_class;
    return counted;
  }
};

/// Where a handler runs. Authentication runs there too.
enum class Lane {
  inline_,  ///< on the I/O thread: must never block, not even on a lock held long
  query,    ///< few threads, one a core: reads
  command,  ///< more threads, which mostly wait for the disk together: writes
};

using Handler = std::function<Response(const Request&)>;

struct Route {
  Method method;
  std::string_view path;  ///< e.g. "/api/v1/feeds/{feedId}"; a last segment `{*rest}` takes what remains (`/{*rest}`
                          ///< not /api/ and /msa/)
  Access access;
  Lane lane;
  /// Bytes that it needs; a larger body is 413. 0: no body is read, one that is sent is refused.
  std::size_t body_limit;
  Handler handler;
  /// A GET that changes state (the contract's legacy toggles): the cross-site rule applies, HEAD and prefetch are 405.
  bool legacy_toggle = false;
  /// Machines ask this every few seconds by themselves: what is answered well is logged at debug, not at info.
  bool routine = false;
  /// What fails at the route's path is answered in this form, also what the host finds before a handler runs (405, 413,
  /// 503); null: in the envelope.
  FailureForm failure_form = nullptr;
  /// Whose pages' scripts may call the route's path, without cookies: origins as browsers send them, or `*` for all.
  /// For what is not below /api/, whose pages are the node's own setting.
  std::vector<std::string> page_origins{};
  /// A POST below /api/ that pages of other sites send here: the cross-site rule does not apply. The handler trusts no
  /// cookie that says who somebody is.
  bool from_other_sites = false;
};

constexpr std::size_t kNoBody = 0;

/// The node's routes. Filled before the server starts, then only read.
/// 404 for unknown paths, 405 with `Allow` for unknown methods; HEAD and OPTIONS are answered from the GET routes.
class Router {
 public:
  virtual ~Router() = default;
  /// Throws std::logic_error for a route that is there already or is not well-formed.
  virtual void add(Route route) = 0;
};

}  // namespace dontgoback::http
