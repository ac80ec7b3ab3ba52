#include "opaque_token.hpp"

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"

namespace dontgoback::core::sessions {

std::string new_opaque_token() { return security::base64url_encode(security::random_bytes(32)); }

bool is_opaque_token(std::string_view text) {
  const auto bytes = security::base64url_decode(text);
  return bytes && bytes->size() == 32;
}

std::string stored_form(std::string_view token) {
  return security::base64url_encode(security::bytes(security::sha256(token)));
}

}  // namespace dontgoback::core::sessions
