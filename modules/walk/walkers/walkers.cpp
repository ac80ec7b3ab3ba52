#include "walkers.hpp"

#include "authenticator.hpp"
#include "dontgoback/security/tokens/token_verifier.hpp"
#include "handlers.hpp"

namespace dontgoback::walk::walkers {
namespace {

constexpr std::size_t kSmallBody = 4096;
constexpr std::size_t kTokenBody = 16 * 1024;  // of an ID token, whose issuer decides what is in it

}  // namespace

struct Walkers::Inner {
  Inner(Host& host, const Settings& settings, Subscribers all_subscribers, Exporters all_exporters)
      : watch{host.health, host.scheduler, host.metrics},
        subscribers(std::move(all_subscribers)),
        exporters(std::move(all_exporters)),
        keys(load_keys(host.database, settings.key_file)),
        tokens(keys),
        nonces(keys),
        sessions(host.database, host.clock, host.trust, tokens),
        cookies(http::CookieRules{host.node.public_url_is_https}),
        authenticator(sessions, cookies),
        ended(host.database, host.state, host.clock),
        hears_others(host.database.dialect() == storage::Dialect::sqlite || host.node.nodes_hear_one_another),
        providers(host.client, host.clock, nonces, settings.providers, &watch),
        sign_in(host.database, sessions, subscribers, providers, settings.people, keys),
        handling{host.database, host.clock, nonces, sessions, cookies, sign_in, subscribers, exporters} {}

  std::optional<Holder> read(std::string_view access_token) const {
    return tokens.read_access_token(bare(access_token), sessions.clock().now());
  }

  const http::PeerWatch watch;
  const Subscribers subscribers;
  const Exporters exporters;
  const Keys keys;
  const Tokens tokens;
  const Nonces nonces;
  const SessionService sessions;
  const SessionCookies cookies;
  const WalkerAuthenticator authenticator;
  mutable EndedSessions ended;
  const bool hears_others;  ///< who ends a session on another node is heard of here
  const Providers providers;
  const SignIn sign_in;
  const Handling handling;
};

Walkers::Walkers(Host& host, const Settings& settings, Subscribers subscribers, Exporters exporters)
    : inner_(std::make_unique<Inner>(host, settings, std::move(subscribers), std::move(exporters))) {
  using http::Access, http::Lane, http::Method, http::RouteClass;
  const auto& handling = inner_->handling;
  const auto add = [&](Method method, std::string_view path, Access access, Lane lane, std::size_t body,
                       Handle handle) {
    host.router.add({method, path, std::move(access), lane, body,
                     [&handling, handle](const http::Request& request) { return handle(handling, request); }});
  };
  const auto by = Access::walker(inner_->authenticator);
  const auto anybody = Access::anyone();
  add(Method::post, "/api/v1/walkers/nonce", anybody.as(RouteClass::sign_in), Lane::query, kSmallBody, give_nonce);
  add(Method::post, "/api/v1/walkers/session", anybody.as(RouteClass::sign_in), Lane::command, kTokenBody,
      begin_session);
  add(Method::post, "/api/v1/walkers/token", anybody.as(RouteClass::renew), Lane::command, kSmallBody, renew);
  add(Method::post, "/api/v1/walkers/logout", by.as(RouteClass::renew), Lane::command, kSmallBody, log_out);
  add(Method::get, "/api/v1/walkers/me", by.as(RouteClass::read), Lane::query, http::kNoBody, me);
  add(Method::patch, "/api/v1/walkers/me", by.as(RouteClass::write), Lane::command, kSmallBody, change_me);
  add(Method::del, "/api/v1/walkers/me", by.as(RouteClass::renew), Lane::command, http::kNoBody, leave);
  add(Method::post, "/api/v1/walkers/me/merge", by.as(RouteClass::renew), Lane::command, kTokenBody, merge_with_me);
  add(Method::get, "/api/v1/walkers/export", by.as(RouteClass::export_), Lane::query, http::kNoBody, export_me);
  add(Method::get, "/api/v1/walkers/sessions", by.as(RouteClass::read), Lane::query, http::kNoBody, list_sessions);
  add(Method::del, "/api/v1/walkers/sessions", by.as(RouteClass::renew), Lane::command, http::kNoBody, end_others);
  add(Method::del, "/api/v1/walkers/sessions/{sessionId}", by.as(RouteClass::renew), Lane::command, http::kNoBody,
      end_one);
}

Walkers::~Walkers() = default;

bool is_live(storage::Connection& connection, WalkerId walker, std::int64_t session) {
  return find_session(connection, walker, session).has_value();
}

const http::Authenticator& Walkers::authenticator() const { return inner_->authenticator; }

Result<Holder> Walkers::holder_of(std::string_view access_token) const {
  const auto holder = inner_->read(access_token);
  if (!holder) return security::kBadToken;
  auto state = EndedSessions::Is::unknown;
  try {
    if (inner_->hears_others) state = inner_->ended.state_of(holder->session);
    if (state == EndedSessions::Is::unknown) {
      state = inner_->sessions.goes_on(*holder) ? EndedSessions::Is::going_on : EndedSessions::Is::ended;
    }
  } catch (const Unavailable&) {
    return Failure{FailureKind::unavailable,
                   {"지금은 토큰을 확인할 수 없습니다.", "The access token cannot be judged right now."}};
  }
  if (state == EndedSessions::Is::ended) return security::kBadToken;
  return *holder;
}

std::optional<Result<Holder>> Walkers::known_holder_of(std::string_view access_token) const {
  if (!inner_->hears_others) return std::nullopt;
  const auto holder = inner_->read(access_token);
  if (!holder) return security::kBadToken;
  const auto state = inner_->ended.known_state_of(holder->session);
  if (!state) return std::nullopt;
  if (*state == EndedSessions::Is::ended) return security::kBadToken;
  return *holder;
}

std::vector<jobs::Job> own_jobs(Host& host, const Subscribers& subscribers) {
  std::vector<jobs::Job> jobs;
  jobs.push_back({.name = "walkers-leaving",
                  .schedule = {.daily_at = std::chrono::hours(4) + std::chrono::minutes(20), .every = {}},
                  .once_for_all_nodes = true,
                  .work =
                      [&host, subscribers](const jobs::Run& run) {
                        const auto removed = remove_left({host.database, host.trust, run}, subscribers);
                        return "removed " + std::to_string(removed) + " walkers";
                      },
                  .needs_confirmed_clock = true});
  jobs.push_back({.name = "walker-sign-ins",
                  .schedule = {.daily_at = {}, .every = std::chrono::hours(1)},
                  .once_for_all_nodes = true,
                  .work =
                      [&host](const jobs::Run& run) {
                        const auto rows = remove_expired({host.database, host.trust, run});
                        return "removed " + std::to_string(rows) + " expired rows";
                      },
                  .needs_confirmed_clock = true});
  return jobs;
}

}  // namespace dontgoback::walk::walkers
