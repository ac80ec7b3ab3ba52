#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "dontgoback/module.hpp"
#include "dontgoback/ports/deny_list.hpp"

namespace dontgoback::auth {

class KeyRing;
class Registry;
struct KeyFiles;

/// The authorization server for calls between servers.
class AuthModule final : public Module {
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
  void start(Host& host) override;
  void stop() override;

  // For modules of the same process, after start().
  std::shared_ptr<ports::VerificationKeys> verification_keys() const { return keys_; }
  std::shared_ptr<const ports::DenyList> deny_list() const { return denied_; }
  /// Tokens for this node's own client id, signed here.
  std::shared_ptr<ports::TokenSource> token_source() const { return tokens_; }

  /// The same for a command, without start(): opens the signing keys, and makes none.
  std::shared_ptr<ports::TokenSource> open_token_source(Host& host) const;

 private:
  struct Parts;
  std::filesystem::path key_file(const config::Node& node) const;
  KeyFiles key_files(const config::Node& node) const;
  KeyRing& ring(Host& host);
  /// Makes the first signing key, or takes that of the first release over: what only a start does, which knows the
  /// algorithm for good.
  void prepare_keys(Host& host);

  std::vector<std::string> client_options_;
  std::vector<std::string> scope_options_;
  security::Algorithm algorithm_ = security::Algorithm::rs256;
  std::string key_file_option_;
  std::int64_t rotation_days_ = 0;
  std::int64_t audit_days_ = 90;

  std::unique_ptr<KeyRing> ring_;
  std::unique_ptr<Registry> registry_;
  std::unique_ptr<Parts> parts_;
  std::shared_ptr<ports::VerificationKeys> keys_;
  std::shared_ptr<const ports::DenyList> denied_;
  std::shared_ptr<ports::TokenSource> tokens_;
};

}  // namespace dontgoback::auth
