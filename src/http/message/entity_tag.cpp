#include "dontgoback/http/entity_tag.hpp"

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/text/parts.hpp"

namespace dontgoback::http {
std::string entity_tag(std::string_view bytes) {
  const auto digest = security::sha256(bytes);
  return '"' + security::base64url_encode(security::bytes(digest).substr(0, 16)) + '"';
}

bool names_entity_tag(std::string_view if_none_match, std::string_view etag) {
  if (text::trimmed(if_none_match) == "*") return true;
  while (!if_none_match.empty()) {
    auto tag = text::trimmed(text::take(if_none_match, ','));
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == etag) return true;
  }
  return false;
}

}  // namespace dontgoback::http
