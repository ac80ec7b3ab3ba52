#include "vapid.hpp"

#include <algorithm>
#include <stdexcept>

#include "dontgoback/json/writer.hpp"
#include "dontgoback/mail/address.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hmac.hpp"
#include "dontgoback/security/files/private_file.hpp"
#include "dontgoback/security/files/secret_file.hpp"
#include "dontgoback/text/url.hpp"

namespace dontgoback::push {
namespace {

/// RFC 8292 section 2 allows 24 h; a clock may be off.
constexpr std::chrono::hours kLife{12};

std::string point_of(const security::SigningKey& key) {
  if (key.algorithm() != security::Algorithm::es256) throw std::runtime_error("not a key of P-256");
  return security::base64url_encode(key.public_point());
}

}  // namespace

Vapid::Vapid(security::SigningKey key, std::string contact)
    : key_(std::move(key)), contact_(std::move(contact)), public_key_(point_of(key_)) {}

std::string Vapid::authorization(std::string_view origin, time::Timestamp now) const {
  std::string claims;
  json::Writer writer(claims);
  writer.begin_object();
  writer.field("aud", origin);
  writer.field("exp", std::chrono::duration_cast<std::chrono::seconds>((now + kLife).time_since_epoch()).count());
  if (!contact_.empty()) writer.field("sub", contact_);
  writer.end_object();
  return "vapid t=" + key_.sign("JWT", claims, "") + ", k=" + public_key_;
}

security::SigningKey key_for(const security::SigningKey& key, std::string_view owner) {
  // RFC 5958 around RFC 5915, of P-256, without the public half: that follows.
  constexpr std::string_view kHead(
      "\x30\x41\x02\x01\x00\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07"
      "\x04\x27\x30\x25\x02\x01\x01\x04\x20",
      35);
  const auto scalar = security::hmac_sha256(key.to_pem(), "dontgoback push key/1|" + std::string(owner));
  const auto der = security::base64_encode(std::string(kHead) + std::string(security::bytes(scalar)));
  return security::SigningKey::from_pem("-----BEGIN PRIVATE KEY-----\n" + der.substr(0, 64) + "\n" + der.substr(64) +
                                        "\n-----END PRIVATE KEY-----\n");
}

bool is_contact(std::string_view text) {
  if (text.starts_with("mailto:")) return mail::is_address(text.substr(std::string_view("mailto:").size()));
  const auto url = text::Url::parse(text);
  return url && url->https;
}

security::SigningKey read_key(const std::filesystem::path& file) {
  const auto pem = security::read_secret_file(file);
  try {
    auto key = security::SigningKey::from_pem(pem);
    point_of(key);
    return key;
  } catch (const std::runtime_error& error) {
    throw std::runtime_error(file.string() + ": " + error.what());
  }
}

security::SigningKey read_or_create_key(const std::filesystem::path& file) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) {
    security::create_private_file(file, security::SigningKey::generate(security::Algorithm::es256).to_pem());
  }
  return read_key(file);
}

}  // namespace dontgoback::push
