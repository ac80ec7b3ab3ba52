#include "dontgoback/security/jose/algorithm.hpp"

namespace dontgoback::security {

std::string_view name_of(Algorithm algorithm) { return algorithm == Algorithm::rs256 ? "RS256" : "ES256"; }

std::optional<Algorithm> algorithm_named(std::string_view name) {
  for (const auto algorithm : {Algorithm::rs256, Algorithm::es256}) {
    if (name == name_of(algorithm)) return algorithm;
  }
  return std::nullopt;
}

}  // namespace dontgoback::security
