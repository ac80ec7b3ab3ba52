#pragma once

#include <cstddef>
#include <string>

namespace dontgoback::core::feed {

/// `:i0, :i1, …`, for a statement that looks so many rows up.
inline std::string id_parameters(std::size_t count) {
  std::string parameters;
  for (std::size_t i = 0; i < count; ++i) parameters.append(i == 0 ? ":i" : ", :i").append(std::to_string(i));
  return parameters;
}

}  // namespace dontgoback::core::feed
