#include "http/server/pipeline.hpp"

#include <algorithm>
#include <new>

#include "dontgoback/http/cookies.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "dontgoback/text/ascii.hpp"
#include "http/server/forwarding.hpp"
#include "http/server/host_failure.hpp"

namespace dontgoback::http {
namespace {

bool is_unsafe(Method method) { return method != Method::get && method != Method::head && method != Method::options; }

bool is_below(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

Response failed(const Error& error, const Exchange& exchange) {
  const int status = status_of(error.failure().kind);
  auto response = envelope(exchange.request, status, error.failure().message);
  response.headers.insert(response.headers.end(), error.headers().begin(), error.headers().end());
  const auto unless_given = [&response](std::string_view name, std::string value) {
    const bool given = std::any_of(response.headers.begin(), response.headers.end(),
                                   [name](const auto& header) { return header.first == name; });
    if (!given) response.header(name, std::move(value));
  };
  if (status == 503) unless_given("Retry-After", "1");
  // Browsers would answer this with a password box; services expect it (RFC 6750 section 3).
  if (status == 401 && is_below(exchange.request.path, "/msa")) unless_given("WWW-Authenticate", "Bearer");
  return response;
}

/// `OPTIONS *` asks about the server as a whole (RFC 9110 section 9.3.7).
Response of_server() {
  Response response;
  response.status = 204;
  return std::move(response).header("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
}

constexpr Failure kForbidden{FailureKind::forbidden, {"권한이 없습니다.", "You may not do this."}};

Result<Identity> identity_of(const Request& request, const Access& access) {
  try {
    return access.by->authenticate(request);
  } catch (const AmbiguousCookies&) {
    throw;
  } catch (const Error& error) {
    if (access.need == Access::Need::required) throw;
    return error.failure();  // nobody is challenged for what they need not have
  }
}

/// RFC 6750 section 3.1, by the scheme that the token came with.
Error lacks_scope(const Request& request, std::string_view scope) {
  const auto used = request.header("Authorization");
  const bool dpop = text::starts_ignoring_case(used, "DPoP ");
  return Error(kForbidden)
      .header(
          "WWW-Authenticate",
          std::string(dpop ? "DPoP" : "Bearer").append(" error=\"insufficient_scope\", scope=\"").append(scope) + '"');
}

/// Nothing, or why the request's identity may not go on.
std::optional<Failure> identify(Exchange& exchange) {
  const Access& access = exchange.route->route.access;
  if (access.need == Access::Need::nothing) return std::nullopt;
  auto found = identity_of(exchange.request, access);
  if (!found) {
    // Somebody whose session ended is nobody, but somebody we cannot check now must not be taken for nobody.
    if (access.need == Access::Need::optional && found.failure().kind != FailureKind::unavailable) return std::nullopt;
    return found.failure();
  }
  const Identity& identity = exchange.request.identity = std::move(found).value();
  if (identity.is_account() && !is_at_least(identity.role, access.least_role)) return kForbidden;
  if (!access.scope.empty() && !identity.has_scope(access.scope)) throw lacks_scope(exchange.request, access.scope);
  return std::nullopt;
}

bool breaks_lines(std::string_view value) { return value.find_first_of(std::string_view("\r\n\0", 3)) != value.npos; }

Response checked(Response response) {
  if (response.status < 200 || response.status > 599) throw std::logic_error("no HTTP status of an answer");
  for (const auto& [name, value] : response.headers) {
    // A value that ends its line would let its author write the rest of the answer.
    if (breaks_lines(value)) throw std::logic_error("line break in " + std::string(name));
  }
  return response;
}

enum class Step { admission, handler };

/// Runs a step; every failure becomes an envelope.
template <class F>
auto attempt(const Exchange& exchange, Step step, F&& run) noexcept -> decltype(run()) {
  const Request& request = exchange.request;
  const auto log_cause = [&](telemetry::Level level, std::string_view cause) {
    telemetry::log(level, "request failed",
                   {{"route", exchange.route->route.path}, {"id", exchange.request_id}, {"cause", cause}});
  };
  try {
    return run();
  } catch (const Error& error) {
    return failed(error, exchange);
  } catch (const Unavailable& away) {
    // Of the others whoever threw it tells the log once, not a line a request.
    if (away.effect() == Unavailable::Effect::not_done) log_cause(telemetry::Level::warn, away.what());
    // Who meant to save is told of that, though it was who they are that could not be read.
    const bool meant_to_save = step == Step::admission && is_unsafe(request.method);
    if (meant_to_save && away.effect() == Unavailable::Effect::not_read) {
      return unavailable(request, Unavailable({}, Unavailable::Effect::not_saved));
    }
    return unavailable(request, away);
  } catch (const std::bad_alloc&) {
    log_cause(telemetry::Level::error, "out of memory");
    return unavailable(request, Unavailable("out of memory"));
  } catch (const std::exception& error) {
    log_cause(telemetry::Level::error, error.what());
  } catch (...) {
    log_cause(telemetry::Level::error, "unknown exception");
  }
  return host_failure(request, 500);
}

}  // namespace

Pipeline::Pipeline(const ServerSettings& settings, telemetry::Metrics& metrics)
    : browsers_(settings.allowed_origins),
      trusted_proxies_(settings.trusted_proxies),
      internal_(settings.internal_networks),
      admission_(std::make_unique<Admission>(settings, metrics)) {}

std::optional<Response> Pipeline::check(Exchange& exchange, const RouteTable& routes) const {
  Request& request = exchange.request;
  const FieldList& fields = exchange.fields;
  exchange.user_api = is_below(request.path, "/api");
  if (exchange.user_api) {
    const auto origin = fields.find("Origin");
    exchange.cors = origin && browsers_.allows(*origin);
  }
  // Who asks, before anything that depends on it: limits and the allow-list must not believe a stranger's header.
  const Origin origin = origin_of(exchange.peer, fields, trusted_proxies_);
  if (origin.malformed) return host_failure(request, 400);
  if (origin.client != exchange.peer) {
    exchange.client_text = origin.client.text();
    request.client_address = exchange.client_text;
  }

  if (request.path == "*") return of_server();

  // The route decides everything that follows.
  RouteTable::Values values;
  const auto* found = routes.match(request.path, values);
  if (found == nullptr) return host_failure(request, 404);
  exchange.path = found;
  request.failure_form = found->failure_form;
  if (request.method == Method::options) return options(exchange, *found);
  exchange.route = found->find(request.method);
  if (exchange.route == nullptr) {
    return host_failure(request, 405).header("Allow", found->allow);
  }
  const Route& route = exchange.route->route;
  for (std::size_t i = 0; i < exchange.route->names.size(); ++i) {
    request.path_parameters[i] = {exchange.route->names[i], values[i]};
  }

  // A toggle must only act when somebody means it.
  if (route.legacy_toggle && (request.method == Method::head || is_prefetch(fields))) {
    return host_failure(request, 405).header("Allow", found->allow);
  }
  // Another site's page must not act with our user's cookies; before the body, so that it costs nothing.
  const bool guarded = exchange.user_api && is_unsafe(request.method) && !route.from_other_sites;
  if (guarded || route.legacy_toggle) {
    if (browsers_.refuses(fields, route.legacy_toggle)) return host_failure(request, 403);
  }
  // Behind a proxy everything looks like loopback: its fields give away one that is not named to us, and one that is
  // must say for whom it asks.
  if (route.access.internal && (is_doubtful(origin, fields) || !internal_.contains(origin.client))) {
    return host_failure(request, 403);
  }
  return admission_->refuse_unknown(exchange);
}

Response Pipeline::options(const Exchange& exchange, const PathRoutes& routes) const {
  Response response;
  response.status = 204;
  response.header("Allow", routes.allow);
  if (exchange.cors && exchange.fields.find("Access-Control-Request-Method")) {
    response.header("Access-Control-Allow-Methods", "GET, POST, PATCH, DELETE, PUT, OPTIONS");
    response.header("Access-Control-Allow-Headers", "As-Account, Content-Type, Idempotency-Key, If-None-Match");
    response.header("Access-Control-Max-Age", "600");
  }
  if (is_open_page(exchange) && exchange.fields.find("Access-Control-Request-Method")) {
    response.header("Access-Control-Allow-Methods", routes.allow);
    response.header("Access-Control-Allow-Headers", "Authorization, Content-Type, DPoP, If-None-Match");
    response.header("Access-Control-Max-Age", "600");
  }
  return response;
}

std::optional<Response> Pipeline::admit(Exchange& exchange) const noexcept {
  return attempt(exchange, Step::admission, [&]() -> std::optional<Response> {
    if (const auto refused = identify(exchange)) return failed(Error(*refused), exchange);
    return admission_->refuse(exchange);
  });
}

Response Pipeline::handle(const Exchange& exchange) const noexcept {
  return attempt(exchange, Step::handler, [&] {
    auto response = checked(exchange.route->route.handler(exchange.request));
    Admission::tell(exchange, response);
    return response;
  });
}

}  // namespace dontgoback::http
