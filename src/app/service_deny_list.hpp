#pragma once

#include <memory>

#include "dontgoback/module.hpp"
#include "dontgoback/ports/deny_list.hpp"

namespace dontgoback::app {

/// What was taken back of tokens between servers. The host's authenticator is there before the module or the remote
/// that knows it, so the port is looked at when a token is. Empty on a node that knows no auth server: it has no keys
/// either.
class ServiceDenyList final : public ports::DenyList {
 public:
  explicit ServiceDenyList(const Ports& ports) : ports_(ports) {}
  std::shared_ptr<const security::DenySet> current() const override {
    return ports_.denied ? ports_.denied->current() : none_;
  }

 private:
  const Ports& ports_;
  const std::shared_ptr<const security::DenySet> none_ = std::make_shared<security::DenySet>();
};

}  // namespace dontgoback::app
