#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dontgoback/module.hpp"

namespace dontgoback::auth {

/// The authorization server for calls between servers.
class AuthModule final : public Module {
 public:
  std::string_view name() const override { return "auth"; }
  void declare(config::Options& options) override;
  std::vector<Command> commands() override;
  void start(Host& host) override;

  // For modules of the same process, after start().
  std::shared_ptr<ports::VerificationKeys> verification_keys() const { return keys_; }
  std::shared_ptr<const ports::DenyList> deny_list() const;
  /// Tokens for this node's own client id, signed here.
  std::shared_ptr<ports::TokenSource> token_source() const { return tokens_; }

 private:
  std::vector<std::string> client_options_;
  std::shared_ptr<ports::VerificationKeys> keys_;
  std::shared_ptr<ports::TokenSource> tokens_;
};

}  // namespace dontgoback::auth
