#pragma once

#include <memory>

#include "auth/resource_server/deny_list.hpp"

namespace dontgoback::test {

/// A deny-list that is what a test says.
class ChangingDenyList : public auth::DenyList {
 public:
  std::shared_ptr<const auth::DenySet> current() const override { return set; }
  std::shared_ptr<const auth::DenySet> set = std::make_shared<auth::DenySet>();
};

}  // namespace dontgoback::test
