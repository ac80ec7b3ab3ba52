#pragma once

#include <memory>
#include <mutex>

#include "dontgoback/ports.hpp"
#include "dontgoback/ports/verification_keys.hpp"

namespace dontgoback::app {

/// The keys of whoever issues tokens between servers. The host's authenticator is there before the module or the remote
/// that knows them, so the port is looked for at the first token.
class ServiceKeys final : public ports::VerificationKeys {
 public:
  explicit ServiceKeys(Ports& ports) : ports_(ports) {}
  std::shared_ptr<const Set> current() override { return found() ? keys_->current() : nullptr; }
  std::shared_ptr<const Set> refreshed() override { return found() ? keys_->refreshed() : nullptr; }

 private:
  bool found() {
    std::call_once(looked_, [this] { keys_ = ports_.find<ports::VerificationKeys>(); });
    return keys_ != nullptr;
  }

  Ports& ports_;
  std::once_flag looked_;
  std::shared_ptr<ports::VerificationKeys> keys_;
};

}  // namespace dontgoback::app
