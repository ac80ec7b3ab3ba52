#include "dontgoback/http/entity_tag.hpp"

#include "dontgoback/security/hash.hpp"

namespace dontgoback::http {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::string entity_tag(std::string_view bytes) {
  const auto digest = security::sha256(bytes);
  return '"' + security::base64url_encode(security::bytes(digest).substr(0, 16)) + '"';
}

bool names_entity_tag(std::string_view if_none_match, std::string_view etag) {
  if (trimmed(if_none_match) == "*") return true;
  while (!if_none_match.empty()) {
    const auto comma = if_none_match.find(',');
    auto tag = trimmed(if_none_match.substr(0, comma));
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == etag) return true;
    if_none_match.remove_prefix(comma == std::string_view::npos ? if_none_match.size() : comma + 1);
  }
  return false;
}

}  // namespace dontgoback::http
