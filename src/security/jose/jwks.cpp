#include "dontgoback/security/jose/jwks.hpp"

#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/security/jose/public_key.hpp"
#include "dontgoback/security/jose/signing_key.hpp"
#include "jose/jwk.hpp"

namespace dontgoback::security {
namespace {

constexpr std::size_t kMaxJwks = 64 * 1024;
constexpr std::size_t kMaxKeys = 32;

}  // namespace

std::optional<std::vector<PublicKey>> parse_jwks(std::string_view json) {
  if (json.size() > kMaxJwks) return std::nullopt;
  const auto document = json::parse(json);
  if (!document || !document->is_object()) return std::nullopt;
  const auto* list = document->get_object().if_contains("keys");
  if (list == nullptr || !list->is_array() || list->get_array().size() > kMaxKeys) return std::nullopt;
  std::vector<PublicKey> keys;
  for (const auto& element : list->get_array()) {
    if (auto key = PublicKey::from_jwk(element)) keys.push_back(*std::move(key));
  }
  return keys;
}

std::string jwks(const std::vector<SigningKey>& keys) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  writer.key("keys");
  writer.begin_array();
  for (const auto& key : keys) writer.raw(key.public_jwk());
  writer.end_array();
  writer.end_object();
  return text;
}

}  // namespace dontgoback::security
