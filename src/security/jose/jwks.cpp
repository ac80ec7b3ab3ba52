#include <algorithm>
#include <boost/describe.hpp>
#include <boost/json/serialize.hpp>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "jose/jwk.hpp"

namespace dontgoback::security {
namespace {

constexpr std::size_t kMaxJwks = 64 * 1024;
constexpr std::size_t kMaxKeys = 32;
constexpr std::size_t kMaxKid = 256;

struct Jwk {
  std::string kty;
  std::optional<std::string> use, alg, kid, crv, n, e, x, y;
  std::optional<std::vector<std::string>> key_ops;
};
BOOST_DESCRIBE_STRUCT(Jwk, (), (kty, use, alg, kid, crv, n, e, x, y, key_ops))

/// RFC 7517 sections 4.2 to 4.4.
bool meant_for(const Jwk& jwk, Algorithm algorithm) {
  return jwk.use.value_or("sig") == "sig" && jwk.alg.value_or(std::string(name_of(algorithm))) == name_of(algorithm) &&
         (!jwk.key_ops || std::find(jwk.key_ops->begin(), jwk.key_ops->end(), "verify") != jwk.key_ops->end());
}

std::optional<JwkMembers> members_of(Jwk& jwk) {
  if (jwk.kty == "RSA" && jwk.n && jwk.e && meant_for(jwk, Algorithm::rs256)) {
    return JwkMembers{Algorithm::rs256, *std::move(jwk.n), *std::move(jwk.e)};
  }
  if (jwk.kty == "EC" && jwk.crv == "P-256" && jwk.x && jwk.y && meant_for(jwk, Algorithm::es256)) {
    return JwkMembers{Algorithm::es256, *std::move(jwk.x), *std::move(jwk.y)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<NamedJwk> read_jwk(std::string_view json) {
  if (json.size() > kMaxJwks) return std::nullopt;
  auto jwk = json::read<Jwk>(json);
  if (!jwk || (jwk->kid && jwk->kid->size() > kMaxKid)) return std::nullopt;
  auto members = members_of(*jwk);
  if (!members) return std::nullopt;
  return NamedJwk{*std::move(members), jwk->kid.value_or("")};
}

std::optional<std::vector<PublicKey>> parse_jwks(std::string_view json) {
  if (json.size() > kMaxJwks) return std::nullopt;
  const auto document = json::parse(json);
  if (!document || !document->is_object()) return std::nullopt;
  const auto* list = document->get_object().if_contains("keys");
  if (list == nullptr || !list->is_array() || list->get_array().size() > kMaxKeys) return std::nullopt;
  std::vector<PublicKey> keys;
  for (const auto& element : list->get_array()) {
    if (auto key = PublicKey::from_jwk(boost::json::serialize(element))) keys.push_back(*std::move(key));
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
