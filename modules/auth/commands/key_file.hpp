#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace dontgoback::auth {

/// A client's public keys as they are registered.
struct GivenKeys {
  std::string jwks;                ///< RFC 7517 section 5; at least one key of it is good
  std::vector<std::string> notes;  ///< what whoever gave them should know: which keys are left out, and why
};

/// From a JWKS, one JWK, or a PEM file with one public key. Throws std::invalid_argument, which says what is wrong and
/// what to give instead, for a file that has no good key or a private one.
GivenKeys read_key_file(const std::filesystem::path& file);

}  // namespace dontgoback::auth
