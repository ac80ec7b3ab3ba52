#pragma once

#include "call.hpp"
#include "methods.hpp"

namespace dontgoback::walk::rpc {

/// walk.v1 (walk_v1.proto).
class WalkService final : public Methods {
 public:
  explicit WalkService(const Parts& parts);
};

}  // namespace dontgoback::walk::rpc
