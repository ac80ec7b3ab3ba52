#include "module.hpp"

#include <functional>
#include <iterator>
#include <mutex>
#include <stdexcept>

#include "audit/commands.hpp"
#include "audit/store.hpp"
#include "audit/trail.hpp"
#include "clients/authentication.hpp"
#include "clients/commands.hpp"
#include "clients/configured.hpp"
#include "dontgoback/ports.hpp"
#include "dontgoback/security/files/secret_file.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "endpoints/metadata.hpp"
#include "issuers/watch.hpp"
#include "keys/commands.hpp"
#include "keys/key_ring.hpp"
#include "keys/sealing.hpp"
#include "own.hpp"
#include "registry/registry.hpp"
#include "remote.hpp"
#include "routes.hpp"

namespace dontgoback::auth {

storage::Migrations migrations();  // built in from migrations/

namespace {

constexpr std::string_view kOwnClient = "dontgoback-core-server";
constexpr std::string_view kFirstReleaseFile = "auth-signing-key.pem";

/// This node's name in tokens, and what the endpoints' URLs begin with. The configuration has given both their one
/// form.
const std::string& issuer_of(const config::Node& node) { return node.issuer.empty() ? node.own_url : node.issuer; }

std::string own_client(const config::Node& node) {
  return node.client_id.empty() ? std::string(kOwnClient) : node.client_id;
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
  Parts(Host& host, const std::shared_ptr<ports::VerificationKeys>& keys, Registry& registry,
        const std::string& issuer_url)
      : database(host.database),
        last_uses(host.clock),
        failures(host.limiter),
        trail(host.clock),
        refusals(trail, host.metrics),
        issuer(issuer_url, host.clock),
        issuers(host.database, issuer_url),
        metadata_at(metadata_path(issuer_url)),
        clients(registry,
                AssertionVerifier(names_of(issuer_url), std::chrono::seconds(host.node.clock_leeway), host.replays,
                                  host.clock),
                failures, last_uses),
        tokens(keys, own_tokens(issuer_url), host.clock),
        token(clients, issuer, host.proofs, refusals, host.metrics),
        introspection(clients, tokens, refusals, host.clock),
        revocation(clients, tokens, refusals, host.database, registry, trail) {}

  storage::Database& database;
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
};

AuthModule::AuthModule() = default;
AuthModule::~AuthModule() = default;

void AuthModule::declare(config::Options& options) {
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
  options.integer("--audit-days", audit_days_, 1, 3650, "How long the audit trail is kept");
}

void AuthModule::check(config::Checks& checks) const {
  if (!checks.node().runs(name())) {
    if (!checks.is_set("--auth-url")) {
      checks.warn("no auth node is known (--auth-url): calls of other servers will be refused");
    }
    return;
  }
  const auto secrets = checks.looks_at_files() ? Secrets::read : Secrets::skip;
  for (const auto& [option, what] : read_configured(client_options_, scope_options_, secrets).problems) {
    checks.wrong(option, what);
  }
  checks.key_file("--auth-key-file", key_file(checks.node()), "dontgoback keys reset --yes");
}

std::filesystem::path AuthModule::key_file(const config::Node& node) const {
  return key_file_option_.empty() ? node.data_dir / "auth.key" : std::filesystem::path(key_file_option_);
}

storage::Migrations AuthModule::migrations() const { return auth::migrations(); }

KeyFiles AuthModule::key_files(const config::Node& node) const {
  return {key_file(node), node.data_dir / kFirstReleaseFile};
}

std::vector<Command> AuthModule::commands() {
  auto commands = key_commands([this](const Host& host) { return key_files(host.node); }, rotation_days_);
  std::ranges::move(client_commands([this] { return named_clients(client_options_, scope_options_); }),
                    std::back_inserter(commands));
  std::ranges::move(audit_commands(), std::back_inserter(commands));
  return commands;
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
Registry& AuthModule::registry(Host& host) {
  const std::lock_guard lock(opening_);
  if (!registry_) {
    registry_ = std::make_unique<Registry>(host.database, std::vector<Client>(),
                                           present_sealing_key(key_files(host.node).sealing));
  }
  return *registry_;
}

std::vector<backup::KeptFile> AuthModule::kept_files(const config::Node& node) const {
  std::vector<backup::KeptFile> files{{std::string(kSealingKeyFile), key_file(node), key_file_option_.empty()},
                                      {"auth-signing-key", node.data_dir / kFirstReleaseFile, true}};
  for (const auto& option : client_options_) {
    const auto equals = option.find('=');
    if (equals == std::string::npos) continue;
    files.push_back({"auth-client " + option.substr(0, equals), option.substr(equals + 1), false});
  }
  return files;
}

std::vector<std::string> AuthModule::check_copy(const backup::Copy& copy) const { return check_sealing(copy); }

void AuthModule::connect(Host& host, Ports& ports) {
  const auto& node = host.node;
  if (node.runs(name())) {
    const auto open = [this, &host]() -> Registry& { return registry(host); };
    ports.offer<ports::VerificationKeys>(make_own_keys(open));
    ports.offer<ports::DenyList>(make_own_deny_list(open));
    ports.offer<ports::TokenSource>(make_own_tokens(open, issuer_of(node), own_client(node), host.clock));
    return;
  }
  if (node.auth_url.empty()) return;
  const http::PeerWatch watch{host.health, host.scheduler};
  ports.offer<ports::VerificationKeys>(make_remote_verification_keys(host.client, node.auth_url, host.clock, &watch));
  ports.offer<ports::DenyList>(make_remote_deny_list(
      host.client, node.auth_url, host.clock, host.scheduler,
      {std::chrono::seconds(node.deny_list_interval), std::chrono::seconds(node.deny_list_max_age)}, &host.health));
  if (node.client_id.empty() || node.client_secret_file.empty()) return;
  ports.offer<ports::TokenSource>(make_remote_token_source(
      host.client, node.auth_url, node.client_id,
      [file = node.client_secret_file] { return security::secret_of("--client-secret-file", file); }, host.clock,
      &watch));
}

void AuthModule::start(Host& host) {
  const auto& node = host.node;
  auto configured = configured_clients(client_options_, scope_options_);
  const auto& issuer = issuer_of(node);
  warn_of(issuer, configured);
  prepare_keys(host);
  registry_ =
      std::make_unique<Registry>(host.database, std::move(configured), present_sealing_key(key_files(node).sealing));
  const auto keys = make_own_keys([this]() -> Registry& { return *registry_; });
  parts_ = std::make_unique<Parts>(host, keys, *registry_, issuer);
  add_routes(host.router, {parts_->token, parts_->introspection, parts_->revocation, *registry_, host.clock,
                           metadata(issuer), parts_->metadata_at});
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
  try {
    parts_->trail.flush(parts_->database);
    parts_->last_uses.flush(parts_->database);
  } catch (const std::exception& away) {
    telemetry::log_warn("the last refusals and uses of secrets could not be written", {{"cause", away.what()}});
  }
}

}  // namespace dontgoback::auth
