#include "module.hpp"

#include <iterator>
#include <mutex>
#include <stdexcept>

#include "audit/commands.hpp"
#include "audit/operator.hpp"
#include "audit/store.hpp"
#include "audit/trail.hpp"
#include "clients/authentication.hpp"
#include "clients/commands.hpp"
#include "clients/configured.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "endpoints/metadata.hpp"
#include "keys/commands.hpp"
#include "keys/key_ring.hpp"
#include "keys/sealing.hpp"
#include "registry/registry.hpp"
#include "routes.hpp"
#include "token_keeper.hpp"

namespace dontgoback::auth {

storage::Migrations migrations();  // built in from migrations/

namespace {

constexpr std::string_view kOwnClient = "dontgoback-core-server";
constexpr std::string_view kFirstReleaseFile = "auth-signing-key.pem";

/// The keys of this process. A token of an unknown one may be of a rotation that another process made just now: then
/// the database is looked at, at most once a second.
class OwnKeys final : public ports::VerificationKeys {
 public:
  explicit OwnKeys(Registry& registry) : registry_(registry) {}
  std::shared_ptr<const Set> current() override { return registry_.current()->verification_keys(); }
  std::shared_ptr<const Set> refreshed() override {
    if (may_look()) registry_.refresh();
    return current();
  }

 private:
  bool may_look() {
    const auto now = std::chrono::steady_clock::now();
    const std::lock_guard lock(mutex_);
    if (looked_at_ && now - *looked_at_ < std::chrono::seconds(1)) return false;
    looked_at_ = now;
    return true;
  }

  Registry& registry_;
  std::mutex mutex_;
  std::optional<std::chrono::steady_clock::time_point> looked_at_;
};

class OwnDenyList final : public ports::DenyList {
 public:
  explicit OwnDenyList(const Registry& registry) : registry_(registry) {}
  std::shared_ptr<const security::DenySet> current() const override { return registry_.current()->denied(); }

 private:
  const Registry& registry_;
};

security::Algorithm algorithm_named(const std::string& name) {
  for (const auto algorithm : {security::Algorithm::rs256, security::Algorithm::es256}) {
    if (security::name_of(algorithm) == name) return algorithm;
  }
  throw std::invalid_argument("--token-algorithm: RS256 or ES256");
}

/// What the endpoints' URLs begin with: the issuer, unless that is only a name.
std::string base_of(const config::Node& node, const std::string& issuer) {
  const bool is_url = issuer.starts_with("https://") || issuer.starts_with("http://");
  std::string base = is_url ? issuer : node.public_url.empty() ? node.own_url : node.public_url;
  while (base.ends_with('/')) base.pop_back();
  return base;
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
        const std::string& issuer_url, const std::string& base)
      : database(host.database),
        last_uses(host.clock),
        failures(host.clock),
        trail(host.clock),
        refusals(trail, host.metrics),
        issuer(issuer_url, host.clock),
        metadata_at(metadata_path(base)),
        clients(registry,
                AssertionVerifier({issuer_url, base + std::string(kTokenPath), base + std::string(kIntrospectionPath),
                                   base + std::string(kRevocationPath)},
                                  std::chrono::seconds(host.node.clock_leeway), host.replays, host.clock),
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
  options.text("--token-algorithm", algorithm_,
               "RS256 or ES256: what signs; after a change a next key of it is published");
  options.text("--auth-key-file", key_file_,
               "32 bytes that seal the signing keys in the database (default: auth.key in the data directory, made at "
               "first start)");
  options.integer("--key-rotation-days", rotation_days_, 0, 3650,
                  "A new signing key every so many days; 0: only by `keys rotate`. Verifiers of the first release read "
                  "the key once and never again");
  options.integer("--audit-days", audit_days_, 1, 3650, "How long the audit trail is kept");
}

storage::Migrations AuthModule::migrations() const { return auth::migrations(); }

std::vector<Command> AuthModule::commands() {
  auto commands = key_commands(ring_, rotation_days_, reset_keys_);
  std::ranges::move(client_commands(registry_), std::back_inserter(commands));
  std::ranges::move(audit_commands(), std::back_inserter(commands));
  return commands;
}

std::filesystem::path AuthModule::key_file(const config::Node& node) const {
  return key_file_.empty() ? node.data_dir / "auth.key" : std::filesystem::path(key_file_);
}

std::vector<backup::KeptFile> AuthModule::kept_files(const config::Node& node) const {
  std::vector<backup::KeptFile> files{{std::string(kSealingKeyFile), key_file(node)},
                                      {"auth-signing-key", node.data_dir / kFirstReleaseFile}};
  for (const auto& option : client_options_) {
    const auto equals = option.find('=');
    if (equals == std::string::npos) continue;
    files.push_back({"auth-client " + option.substr(0, equals), option.substr(equals + 1)});
  }
  return files;
}

std::vector<std::string> AuthModule::check_copy(const backup::Copy& copy) const { return check_sealing(copy); }

void AuthModule::start(Host& host) {
  const auto& node = host.node;
  auto configured = configured_clients(client_options_, scope_options_);
  const auto issuer = node.issuer.empty() ? node.own_url : node.issuer;
  warn_of(issuer, configured);
  const auto first_release_file = node.data_dir / kFirstReleaseFile;
  if (reset_keys_) forget_keys(host.database, host.clock, first_release_file, command_line_operator());
  const auto file_key = sealing_key(host.database, key_file(node));
  const auto algorithm = algorithm_named(algorithm_);
  past_ = std::make_unique<time::CertainPast>(host.clock);
  ring_ = std::make_unique<KeyRing>(host.database, host.clock, file_key);
  ring_->prepare(first_release_file, algorithm);
  registry_ = std::make_unique<Registry>(host.database, std::move(configured), file_key);
  keys_ = std::make_shared<OwnKeys>(*registry_);
  denied_ = std::make_shared<OwnDenyList>(*registry_);

  const auto base = base_of(node, issuer);
  parts_ = std::make_unique<Parts>(host, keys_, *registry_, issuer, base);
  add_routes(host.router, {parts_->token, parts_->introspection, parts_->revocation, *registry_, host.clock,
                           metadata(issuer, base), parts_->metadata_at});
  add_jobs(host, algorithm);

  const std::string own = node.client_id.empty() ? std::string(kOwnClient) : node.client_id;
  tokens_ = std::make_shared<TokenKeeper>(
      [this, own]() -> Result<std::string> {
        const auto scopes = joined({std::string(kUpdateAssets), std::string(kRunJobs)});
        return parts_->issuer.issue(*registry_->current(), {own, scopes, kDefaultAudience, {}});
      },
      host.clock);
}

void AuthModule::add_jobs(Host& host, security::Algorithm algorithm) {
  using std::chrono::minutes;
  using std::chrono::seconds;
  // A database that is away is no failure of these jobs, which would then pause for longer than it is.
  const auto here = [&](std::string name, std::chrono::milliseconds period, const std::function<std::string()>& work) {
    jobs::Schedule schedule{{}, period, true};
    host.scheduler.add({std::move(name), schedule, false, [work](const jobs::Run&) {
                          try {
                            return work();
                          } catch (const std::exception& away) {
                            return std::string("put off: ") + away.what();
                          }
                        }});
  };
  here("auth-refresh", seconds(1),
       [this]() -> std::string { return registry_->refresh() ? "took up a change" : "nothing new"; });
  here("auth-audit", seconds(10),
       [this] { return "wrote " + std::to_string(parts_->trail.flush(parts_->database)) + " rows"; });
  here("auth-last-uses", minutes(1),
       [this] { return "wrote " + std::to_string(parts_->last_uses.flush(parts_->database)) + " times of last use"; });
  here("auth-keys", minutes(1),
       [this, algorithm] { return ring_->tend(std::chrono::days(rotation_days_), algorithm, past_->moment()); });
  here("auth-audit-prune", std::chrono::hours(1), [this] {
    const auto passed = past_->moment();
    const auto oldest = passed ? *passed - std::chrono::days(audit_days_) : time::Timestamp{};
    const auto removed =
        parts_->database.write([&](storage::Connection& connection) { return prune_entries(connection, oldest); });
    return "removed " + std::to_string(removed) + " rows";
  });
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
