#pragma once

#include <string>
#include <string_view>

namespace dontgoback::security {

/// Encrypts and authenticates with a 32-byte key (AES-256-GCM, NIST SP 800-38D; random nonce in front). `context` is
/// authenticated and must be the same on opening.
std::string seal(std::string_view key, std::string_view plain, std::string_view context);
/// Throws std::runtime_error when the key, the context or the bytes are not those of `seal`.
std::string unseal(std::string_view key, std::string_view sealed, std::string_view context);

}  // namespace dontgoback::security
