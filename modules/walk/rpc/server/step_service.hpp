#pragma once

#include "call.hpp"
#include "methods.hpp"

namespace dontgoback::walk::rpc {

/// The first release's service, of all three versions that were published (step.proto).
class StepService final : public Methods {
 public:
  explicit StepService(const Parts& parts);
};

}  // namespace dontgoback::walk::rpc
