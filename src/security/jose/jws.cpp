#include "dontgoback/security/jose/jws.hpp"

#include "dontgoback/json/reader.hpp"
#include "dontgoback/security/crypto/base64.hpp"

namespace dontgoback::security {
namespace {

constexpr std::size_t kMaxToken = 8 * 1024;

/// The member's text; empty when it is absent, nothing when it is no string.
std::optional<std::string> text_of(const boost::json::object& object, std::string_view name) {
  const auto* member = object.if_contains(name);
  if (member == nullptr) return "";
  if (!member->is_string()) return std::nullopt;
  return std::string(member->get_string());
}

}  // namespace

std::optional<ParsedJws> parse_jws(std::string_view token) {
  if (token.size() > kMaxToken) return std::nullopt;
  const auto first = token.find('.');
  const auto second = first == token.npos ? first : token.find('.', first + 1);
  if (second == token.npos || token.find('.', second + 1) != token.npos) return std::nullopt;
  const auto header_text = base64url_decode(token.substr(0, first));
  auto payload = base64url_decode(token.substr(first + 1, second - first - 1));
  auto signature = base64url_decode(token.substr(second + 1));
  if (!header_text || !payload || !signature || signature->empty()) return std::nullopt;

  const auto header = json::parse(*header_text);
  if (!header || !header->is_object() || header->get_object().contains("crit")) return std::nullopt;
  const auto alg = text_of(header->get_object(), "alg");
  auto kid = text_of(header->get_object(), "kid");
  auto typ = text_of(header->get_object(), "typ");
  const auto* jwk = header->get_object().if_contains("jwk");
  if (!alg || !kid || !typ || (jwk != nullptr && !jwk->is_object())) return std::nullopt;
  const auto algorithm = algorithm_named(*alg);
  if (!algorithm) return std::nullopt;
  return ParsedJws{*algorithm,           *std::move(kid),
                   *std::move(typ),      jwk == nullptr ? nullptr : std::make_shared<const boost::json::value>(*jwk),
                   *std::move(payload),  token.substr(0, second),
                   *std::move(signature)};
}

}  // namespace dontgoback::security
