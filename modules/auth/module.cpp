#include "module.hpp"

#include <filesystem>
#include <ostream>

#include "clients.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/security/key_file.hpp"
#include "issuer.hpp"
#include "routes.hpp"
#include "token_keeper.hpp"

namespace dontgoback::auth {

namespace {

constexpr std::string_view kOwnClient = "dontgoback-core-server";

security::SigningKey signing_key(const config::Node& node) {
  return security::load_or_create_signing_key(node.data_dir / "auth-signing-key.pem", security::Algorithm::rs256);
}

/// The keys of this process; they do not change while it runs.
class OwnKeys final : public ports::VerificationKeys {
 public:
  explicit OwnKeys(const security::SigningKey& key)
      : keys_(std::make_shared<const Set>(Set{security::PublicKey::from_jwk(key.public_jwk()).value()})) {}
  std::shared_ptr<const Set> current() override { return keys_; }
  std::shared_ptr<const Set> refreshed() override { return keys_; }

 private:
  std::shared_ptr<const Set> keys_;
};

/// Nothing is taken back.
class NothingDenied final : public ports::DenyList {
 public:
  std::shared_ptr<const security::DenySet> current() const override { return none_; }

 private:
  const std::shared_ptr<const security::DenySet> none_ = std::make_shared<security::DenySet>();
};

void list_keys(const Command::Context& context) {
  const auto key = signing_key(context.host.node);
  const auto algorithm = security::name_of(key.algorithm());
  if (!context.json) {
    context.out << "use   algorithm  kid\nsign  " << algorithm << "      " << key.kid() << '\n';
    return;
  }
  std::string text;
  json::Writer writer(text);
  writer.begin_array();
  writer.begin_object();
  writer.field("use", "sign");
  writer.field("algorithm", algorithm);
  writer.field("kid", key.kid());
  writer.end_object();
  writer.end_array();
  context.out << text << '\n';
}

}  // namespace

void AuthModule::declare(config::Options& options) {
  options.list("--auth-client", client_options_,
               "ID=FILE: a client of the auth server and the file that holds its secret");
}

std::vector<Command> AuthModule::commands() {
  return {
      {"keys", "list", "Shows the key that signs tokens between servers; made when there is none yet", {}, list_keys}};
}

std::shared_ptr<const ports::DenyList> AuthModule::deny_list() const { return std::make_shared<NothingDenied>(); }

void AuthModule::start(Host& host) {
  const auto& node = host.node;
  const auto clients = std::make_shared<const Clients>(client_options_);
  const auto issuer =
      std::make_shared<const Issuer>(signing_key(node), node.issuer.empty() ? node.own_url : node.issuer, host.clock);
  add_routes(host.router, clients, issuer);

  keys_ = std::make_shared<OwnKeys>(issuer->key());
  const std::string own = node.client_id.empty() ? std::string(kOwnClient) : node.client_id;
  tokens_ = std::make_shared<TokenKeeper>(
      [issuer, own]() -> Result<std::string> { return issuer->issue(own, kAllScopes); }, host.clock);
}

}  // namespace dontgoback::auth
