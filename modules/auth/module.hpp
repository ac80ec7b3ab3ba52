#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "dontgoback/module.hpp"
#include "dontgoback/security/jose/algorithm.hpp"
#include "dontgoback/security/jose/verification_keys.hpp"
#include "dontgoback/setup.hpp"
#include "endpoints/pages.hpp"

namespace dontgoback::auth {

class DenyList;
class KeyRing;
struct InvitingNode;
class Registry;
struct KeyFiles;
struct ResourceServer;
class Settings;

/// The authorization server for calls between servers.
class AuthModule final : public Module, public setup::Party {
 public:
  AuthModule();
  ~AuthModule() override;

  std::string_view name() const override { return "auth"; }
  void declare(config::Options& options) override;
  void check(config::Checks& checks) const override;
  storage::Migrations migrations() const override;
  std::vector<Command> commands() override;
  std::vector<backup::KeptFile> kept_files(const config::Node& node) const override;
  std::vector<std::string> check_copy(const backup::Copy& copy) const override;
  std::vector<jobs::Job> own_jobs(Host& host) override;
  /// Offers ports::ServiceAuthenticator, and ports::TokenSource where this node has a name and a secret at --auth-url,
  /// or signs itself.
  void connect(Host& host, Ports& ports) override;
  void start(Host& host) override;
  void stop() override;
  std::vector<setup::Entry> settings(const std::string& role, const std::string& public_url) const override;
  setup::Joined join(const setup::Joining& joining) override;
  /// Makes the signing key, and codes for the nodes that have not joined.
  std::vector<setup::Said> prepare(Host& host) override;
  std::vector<setup::OtherNode> others(const config::Node& node) const override;

  /// After start: what requests are served from.
  Registry& registry() { return *registry_; }

 private:
  struct Parts;
  std::filesystem::path key_file(const config::Node& node) const;
  KeyFiles key_files(const config::Node& node) const;
  KeyRing& ring(Host& host);
  Registry& open_registry(Host& host);
  InvitingNode inviting_node();
  void serve_resources(Host& host, Ports& ports, std::shared_ptr<security::VerificationKeys> keys,
                       std::shared_ptr<const DenyList> denied);
  /// Makes the first signing key, or takes that of the first release over: what only a start does, which knows the
  /// algorithm for good.
  void prepare_keys(Host& host);

  std::unique_ptr<Settings> settings_;
  std::vector<std::string> client_options_;
  std::vector<std::string> scope_options_;
  PageOrigins pages_;
  security::Algorithm algorithm_ = security::Algorithm::rs256;
  std::string key_file_option_;
  std::int64_t rotation_days_ = 0;
  std::int64_t audit_days_ = 90;

  std::unique_ptr<KeyRing> ring_;
  std::mutex opening_;
  std::unique_ptr<Registry> registry_;
  std::shared_ptr<security::VerificationKeys> keys_;  ///< of a node that runs the module
  std::shared_ptr<ResourceServer> resources_;
  std::unique_ptr<Parts> parts_;
};

}  // namespace dontgoback::auth
