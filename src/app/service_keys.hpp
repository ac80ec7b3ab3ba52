#pragma once

#include <memory>

#include "dontgoback/module.hpp"
#include "dontgoback/security/jose/verification_keys.hpp"

namespace dontgoback::app {

/// The keys of whoever issues tokens between servers. The host's authenticator is there before the module or the remote
/// that knows them, so the port is looked at when a token is.
class ServiceKeys final : public security::VerificationKeys {
 public:
  explicit ServiceKeys(const Ports& ports) : ports_(ports) {}
  std::shared_ptr<const Set> current() override {
    return ports_.service_keys ? ports_.service_keys->current() : nullptr;
  }
  std::shared_ptr<const Set> refreshed() override {
    return ports_.service_keys ? ports_.service_keys->refreshed() : nullptr;
  }

 private:
  const Ports& ports_;
};

}  // namespace dontgoback::app
