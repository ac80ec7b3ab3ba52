#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <variant>

#include "authentication/assertion.hpp"
#include "authentication/credentials.hpp"
#include "authentication/failure.hpp"
#include "clients/failure_limit.hpp"
#include "clients/last_uses.hpp"
#include "registry/registry.hpp"

namespace dontgoback::auth {

/// A client that is who it says, and the snapshot it was found in.
struct Authenticated {
  std::shared_ptr<const Snapshot> snapshot;
  const Client* client = nullptr;
};

using Authentication = std::variant<Authenticated, AuthenticationFailure>;

/// Authenticates clients at every endpoint that asks who they are. Any thread.
class ClientAuthenticator {
 public:
  ClientAuthenticator(const Registry& registry, AssertionVerifier assertions, FailureLimit& limit, LastUses& uses);

  Authentication authenticate(const Credentials& credentials, std::string_view address) const;

 private:
  /// Null client: there is none of that id, which looks the same from outside. Only what may be a guess counts as a
  /// failure of the limit.
  std::optional<AuthenticationFailure> failure_of(const Client* client, const Credentials& credentials,
                                                  std::string_view address) const;
  bool has_secret(const Client* client, std::string_view given) const;

  const Registry& registry_;
  const AssertionVerifier assertions_;
  FailureLimit& limit_;
  LastUses& uses_;
};

}  // namespace dontgoback::auth
