#pragma once

#include <filesystem>
#include <string>

#include "auth/module.hpp"
#include "auth/own.hpp"
#include "support/client.hpp"
#include "support/set_clock.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_node.hpp"

namespace dontgoback::test {

/// An auth node with one client, `core`, whose secret is `s3cret`.
class AuthNode {
 public:
  AuthNode(const time::Clock& clock, const std::filesystem::path& data_dir, const std::string& listen = "127.0.0.1:0");

  /// What it signs with, and what it took back, as its requests are served.
  std::shared_ptr<security::VerificationKeys> keys() {
    return auth::make_own_keys([this]() -> auth::Registry& { return module.registry(); });
  }
  std::shared_ptr<const auth::DenySet> denied() { return module.registry().current()->denied(); }

  TestNode node;
  auth::AuthModule module;
};

/// What lets services in at `node` with tokens of `issuer`, which `keys` verify.
std::shared_ptr<ports::ServiceAuthenticator> services_of(const TestNode& node, const time::Clock& clock,
                                                         std::shared_ptr<security::VerificationKeys> keys,
                                                         const std::string& issuer);

}  // namespace dontgoback::test
