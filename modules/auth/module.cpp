#include "module.hpp"

#include <stdexcept>

#include "audit/store.hpp"
#include "audit/trail.hpp"
#include "authentication/authenticator.hpp"
#include "authentication/used_file.hpp"
#include "clients/configured.hpp"
#include "commands/keys.hpp"
#include "dontgoback/ports.hpp"
#include "dontgoback/ports/service_authenticator.hpp"
#include "dontgoback/security/files/secret_file.hpp"
#include "dontgoback/security/jose/algorithm.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "endpoints/metadata.hpp"
#include "issuers/watch.hpp"
#include "keys/key_ring.hpp"
#include "keys/sealing.hpp"
#include "names.hpp"
#include "own.hpp"
#include "registry/registry.hpp"
#include "resource_server/remote.hpp"
#include "resource_server/resource_server.hpp"
#include "resource_server/settings.hpp"
#include "routes.hpp"
#include "token_source/remote_tokens.hpp"

namespace dontgoback::auth {

storage::Migrations migrations();  // built in from migrations/

namespace {

constexpr std::string_view kOwnClient = "dontgoback-core-server";

std::string own_client(const Settings& settings) {
  return settings.client_id.empty() ? std::string(kOwnClient) : settings.client_id;
}

/// Clients whose tokens work here and not everywhere.
void warn_of(const std::string& issuer, const std::vector<Client>& configured) {
  for (const auto& client : configured) {
    if (const auto size = largest_token_of(client, issuer); size > kLargestToken) {
      telemetry::log_warn("tokens of a client may be too long for some servers",
                          {{"client", client.id}, {"bytes", size}});
    }
  }
}

/// What the `aud` of a client's assertion may call this server.
std::vector<std::string> names_of(const std::string& issuer) {
  std::vector<std::string> names{issuer, issuer + "/"};
  for (const auto path : {kTokenPath, kIntrospectionPath, kRevocationPath}) names.push_back(issuer + std::string(path));
  return names;
}

security::Expectations own_tokens(const std::string& issuer) {
  security::Expectations expected;
  expected.issuer = issuer;
  expected.audience.clear();  // whatever a client asked for
  // What any verifier may still take must be found here, or taking it back would be without effect.
  expected.leeway = kLargestLeeway;
  return expected;
}

}  // namespace

struct AuthModule::Parts {
  Parts(Host& host, ResourceServer& resources, const std::shared_ptr<security::VerificationKeys>& keys,
        Registry& registry, const std::string& issuer_url, const Settings& settings)
      : database(host.database),
        used(resources.replays, host.node.data_dir),
        last_uses(host.clock),
        failures(host.limiter),
        trail(host.clock),
        refusals(trail, host.metrics),
        issuer(issuer_url, host.clock),
        issuers(host.database, issuer_url),
        metadata_at(metadata_path(issuer_url)),
        clients(registry, AssertionVerifier(names_of(issuer_url), settings.leeway(), resources.replays, host.clock),
                failures, last_uses),
        tokens(keys, own_tokens(issuer_url), host.clock),
        token(clients, issuer, resources.proofs, refusals, host.metrics),
        introspection(clients, tokens, refusals, host.clock),
        revocation(clients, tokens, refusals, host.database, registry, trail),
        admission(host.database, host.clock),
        nodes(admission, clients, failures, refusals, registry) {}

  storage::Database& database;
  UsedFile used;
  LastUses last_uses;
  FailureLimit failures;
  AuditTrail trail;
  Refusals refusals;
  Issuer issuer;
  IssuerWatch issuers;
  const std::string metadata_at;
  ClientAuthenticator clients;
  security::TokenVerifier tokens;
  TokenEndpoint token;
  IntrospectionEndpoint introspection;
  RevocationEndpoint revocation;
  NodeAdmission admission;
  NodesEndpoint nodes;
};

AuthModule::AuthModule() : settings_(std::make_unique<Settings>()) {}
AuthModule::~AuthModule() = default;

void AuthModule::declare(config::Options& options) {
  settings_->declare(options);
  options.list("--auth-client", client_options_,
               "ID=FILE: a client of the auth server and the file that holds its secret; has every scope; repeatable");
  options.list("--auth-client-scope", scope_options_,
               "\"ID=SCOPE SCOPE\": the only scopes of a client given by --auth-client; repeatable");
  options.choice<security::Algorithm>("--token-algorithm", algorithm_,
                                      {{"RS256", security::Algorithm::rs256}, {"ES256", security::Algorithm::es256}},
                                      "What signs; after a change a next key of it is published");
  options.text("--auth-key-file", key_file_option_,
               "32 bytes that seal the signing keys in the database (default: auth.key in the data directory, made at "
               "first start)");
  options.integer("--key-rotation-days", rotation_days_, 0, 3650,
                  "A new signing key every so many days; 0: only by `keys rotate`. Verifiers of the first release read "
                  "the key once and never again");
  pages_.declare(options);
  options.integer("--audit-days", audit_days_, 1, 3650, "How long the audit trail is kept");
}

void AuthModule::check(config::Checks& checks) const {
  const bool runs_here = checks.node().runs(name());
  settings_->check(checks, runs_here);
  if (!runs_here) return;
  const auto secrets = checks.looks_at_files() ? Secrets::read : Secrets::skip;
  const auto clients = read_configured(client_options_, scope_options_, secrets);
  for (const auto& [option, what] : clients.problems) checks.wrong(option, what);
  for (const auto& scope : clients.foreign_scopes) checks.warn("--auth-client-scope: " + scope + " is none of ours");
  pages_.check(checks);
  checks.key_file("--auth-key-file", key_file(checks.node()), "dontgoback keys reset --yes");
}

std::filesystem::path AuthModule::key_file(const config::Node& node) const {
  return key_file_option_.empty() ? node.data_dir / "auth.key" : std::filesystem::path(key_file_option_);
}

storage::Migrations AuthModule::migrations() const { return auth::migrations(); }

KeyFiles AuthModule::key_files(const config::Node& node) const {
  return {key_file(node), node.data_dir / kFirstReleaseKeyFile};
}

void AuthModule::prepare_keys(Host& host) {
  const auto files = key_files(host.node);
  ring_ = std::make_unique<KeyRing>(host.database, host.clock, sealing_key(host.database, files.sealing));
  ring_->prepare(files.first_release, algorithm_);
}

/// That of the start; of a command, one that makes nothing.
KeyRing& AuthModule::ring(Host& host) {
  if (!ring_) {
    ring_ = std::make_unique<KeyRing>(host.database, host.clock, present_sealing_key(key_files(host.node).sealing));
  }
  return *ring_;
}

/// That of the start; of a command, one without the clients from configuration.
Registry& AuthModule::open_registry(Host& host) {
  const std::lock_guard lock(opening_);
  if (!registry_) {
    registry_ = std::make_unique<Registry>(host.database, std::vector<Client>(),
                                           present_sealing_key(key_files(host.node).sealing));
  }
  return *registry_;
}

void AuthModule::connect(Host& host, Ports& ports) {
  const auto& node = host.node;
  if (node.runs(name())) {
    const auto open = [this, &host]() -> Registry& { return open_registry(host); };
    keys_ = make_own_keys(open);
    serve_resources(host, ports, keys_, make_own_deny_list(open));
    ports.offer<ports::TokenSource>(
        make_own_tokens(open, settings_->own_issuer(node), own_client(*settings_), host.clock));
    return;
  }
  const auto url = settings_->auth_url();
  if (url.empty()) return serve_resources(host, ports, make_no_keys(), nullptr);
  const http::PeerWatch watch{host.health, host.scheduler, host.metrics};
  serve_resources(
      host, ports, make_remote_verification_keys(host.client, url, host.clock, &watch),
      make_remote_deny_list(host.client, url, host.clock, host.scheduler, settings_->deny_list_copy(), &watch));
  if (!settings_->has_credentials()) return;
  ports.offer<ports::TokenSource>(make_remote_token_source(
      host.client, url, settings_->client_id,
      [file = settings_->client_secret_file] { return security::secret_of("--client-secret-file", file); }, host.clock,
      &watch));
}

void AuthModule::serve_resources(Host& host, Ports& ports, std::shared_ptr<security::VerificationKeys> keys,
                                 std::shared_ptr<const DenyList> denied) {
  resources_ = std::make_shared<ResourceServer>(*settings_, host.node, host.node.runs(name()), host.clock,
                                                std::move(keys), std::move(denied), &host.metrics);
  ports.offer<ports::ServiceAuthenticator>({resources_, &resources_->authenticator});
}

void AuthModule::start(Host& host) {
  const auto& node = host.node;
  auto configured = configured_clients(client_options_, scope_options_);
  const auto issuer = settings_->own_issuer(node);
  settings_->warn_of_own_name(node);
  warn_of(issuer, configured);
  prepare_keys(host);
  registry_ =
      std::make_unique<Registry>(host.database, std::move(configured), present_sealing_key(key_files(node).sealing));
  parts_ = std::make_unique<Parts>(host, *resources_, keys_, *registry_, issuer, *settings_);
  add_routes(host.router, {parts_->token, parts_->introspection, parts_->revocation, parts_->nodes, *registry_,
                           host.clock, metadata(issuer), parts_->metadata_at, pages_.origins()});
  host.metrics.gauge("dontgoback_auth_other_issuers",
                     "Issuers besides this node's that auth nodes on its database give tokens as; should be 0.",
                     [this] { return static_cast<double>(parts_->issuers.others()); });
}

std::vector<jobs::Job> AuthModule::own_jobs(Host& host) {
  using std::chrono::minutes;
  using std::chrono::seconds;
  std::vector<jobs::Job> all;
  // A database that is away is no failure of these jobs, which would then pause for longer than it is.
  const auto here = [&](std::string name, std::chrono::milliseconds period, const std::function<std::string()>& work) {
    jobs::Schedule schedule{{}, period, true};
    all.push_back({std::move(name), schedule, false, [work](const jobs::Run&) {
                     try {
                       return work();
                     } catch (const std::exception& away) {
                       return std::string("put off: ") + away.what();
                     }
                   }});
  };
  // What these do is of the server's memory.
  static const std::string kOfServer = "nothing to do without the server";
  here("auth-refresh", seconds(1), [this]() -> std::string {
    if (!registry_) return kOfServer;
    if (parts_) parts_->last_uses.flush_first(parts_->database);
    return registry_->refresh() ? "took up a change" : "nothing new";
  });
  here("auth-issuers", IssuerWatch::kEvery, [this] { return parts_ ? parts_->issuers.look() : kOfServer; });
  here("auth-audit", seconds(10), [this] {
    return parts_ ? "wrote " + std::to_string(parts_->trail.flush(parts_->database)) + " rows" : kOfServer;
  });
  here("auth-last-uses", minutes(1), [this] {
    return parts_ ? "wrote " + std::to_string(parts_->last_uses.flush(parts_->database)) + " times of last use"
                  : kOfServer;
  });
  here("auth-keys", minutes(1),
       [this, &host] { return ring(host).tend(std::chrono::days(rotation_days_), algorithm_, host.trust); });
  here("auth-audit-prune", std::chrono::hours(1), [this, &host] {
    const auto aged = host.trust.spans_older_than(std::chrono::days(audit_days_));
    const auto removed =
        host.database.write([&](storage::Connection& connection) { return prune_entries(connection, aged); });
    return "removed " + std::to_string(removed) + " rows";
  });
  return all;
}

void AuthModule::stop() {
  if (!parts_) return;
  parts_->used.keep();
  try {
    parts_->trail.flush(parts_->database);
    parts_->last_uses.flush(parts_->database);
  } catch (const std::exception& away) {
    telemetry::log_warn("the last refusals and uses of secrets could not be written", {{"cause", away.what()}});
  }
}

}  // namespace dontgoback::auth
