#pragma once

#include <memory>
#include <mutex>

#include "dontgoback/ports.hpp"
#include "dontgoback/ports/deny_list.hpp"

namespace dontgoback::app {

/// What was taken back of tokens between servers. The host's authenticator is there before the module or the remote
/// that knows it, so the port is looked for at the first token. Empty on a node that knows no auth server: it has no
/// keys either.
class ServiceDenyList final : public ports::DenyList {
 public:
  explicit ServiceDenyList(Ports& ports) : ports_(ports) {}
  std::shared_ptr<const security::DenySet> current() const override {
    std::call_once(looked_, [this] { list_ = ports_.find<ports::DenyList>(); });
    return list_ ? list_->current() : none_;
  }

 private:
  Ports& ports_;
  mutable std::once_flag looked_;
  mutable std::shared_ptr<ports::DenyList> list_;
  const std::shared_ptr<const security::DenySet> none_ = std::make_shared<security::DenySet>();
};

}  // namespace dontgoback::app
