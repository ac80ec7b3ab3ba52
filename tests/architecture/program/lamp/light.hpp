#pragma once

#include <string>

#include "dontgoback/result.hpp"

namespace dontgoback::ports {

/// Whether the lamp is lit, and how. Offered by the lamp module: here, or asked of the node where it stands.
class Light {
 public:
  virtual ~Light() = default;
  virtual Result<std::string> color() = 0;
};

}  // namespace dontgoback::ports
