#include "nodes/code.hpp"

#include <boost/describe.hpp>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"

namespace dontgoback::auth {
BOOST_DESCRIBE_STRUCT(JoinCode, (), (issuer, thumbprint, secret, role, client_id, made_at))
namespace {

constexpr std::string_view kVersion = "dgb1.";
constexpr std::size_t kCheck = 4;
constexpr std::size_t kLongest = 2048;

std::string check_of(std::string_view content) {
  return std::string(security::bytes(security::sha256(content)).substr(0, kCheck));
}

}  // namespace

std::string to_text(const JoinCode& code) {
  std::string content;
  json::Writer writer(content);
  writer.begin_object();
  writer.field("issuer", code.issuer);
  writer.field("thumbprint", code.thumbprint);
  writer.field("secret", code.secret);
  writer.field("role", code.role);
  writer.field("client_id", code.client_id);
  writer.field("made_at", code.made_at);
  writer.end_object();
  return std::string(kVersion) + security::base64url_encode(check_of(content) + content);
}

std::optional<JoinCode> parse_join_code(std::string_view text) {
  if (text.size() > kLongest || !text.starts_with(kVersion)) return std::nullopt;
  const auto bytes = security::base64url_decode(text.substr(kVersion.size()));
  if (!bytes || bytes->size() <= kCheck) return std::nullopt;
  const auto content = std::string_view(*bytes).substr(kCheck);
  if (check_of(content) != std::string_view(*bytes).substr(0, kCheck)) return std::nullopt;
  auto code = json::read<JoinCode>(content);
  if (!code) return std::nullopt;
  return *std::move(code);
}

}  // namespace dontgoback::auth
