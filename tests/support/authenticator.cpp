#include "support/authenticator.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"

namespace dontgoback::test {
namespace {

std::string big_endian(std::uint64_t number, int size) {
  std::string bytes;
  for (int i = size - 1; i >= 0; --i) bytes += static_cast<char>(number >> (8 * i) & 0xff);
  return bytes;
}

std::string cbor_head(int major, std::uint64_t argument) {
  if (argument < 24) return big_endian(static_cast<std::uint64_t>(major) << 5 | argument, 1);
  const int size = argument < 0x100 ? 1 : 2;
  return big_endian(static_cast<std::uint64_t>(major) << 5 | (size == 1 ? 24U : 25U), 1) + big_endian(argument, size);
}

std::string cbor_integer(std::int64_t number) {
  return number >= 0 ? cbor_head(0, static_cast<std::uint64_t>(number))
                     : cbor_head(1, static_cast<std::uint64_t>(-1 - number));
}
std::string cbor_bytes(std::string_view bytes) { return cbor_head(2, bytes.size()).append(bytes); }
std::string cbor_text(std::string_view text) { return cbor_head(3, text.size()).append(text); }

}  // namespace

Authenticator::Authenticator(security::SigningKey key, std::string credential_id)
    : key_(std::move(key)), credential_id_(std::move(credential_id)) {}

std::string Authenticator::client_data(std::string_view type, std::string_view challenge) const {
  return R"({"type":")" + std::string(type) + R"(","challenge":")" + security::base64url_encode(challenge) +
         R"(","origin":")" + origin + "\"" + more_client_data + "}";
}

std::string Authenticator::cose_key() const {
  const auto jwk = json::parse(key_.public_jwk()).value();
  const auto member = [&jwk](const char* name) {
    return security::base64url_decode(std::string_view(jwk.at(name).as_string())).value();
  };
  if (key_.algorithm() == security::Algorithm::es256) {
    return cbor_head(5, 5) + cbor_integer(1) + cbor_integer(2) + cbor_integer(3) + cbor_integer(-7) + cbor_integer(-1) +
           cbor_integer(1) + cbor_integer(-2) + cbor_bytes(member("x")) + cbor_integer(-3) + cbor_bytes(member("y"));
  }
  return cbor_head(5, 4) + cbor_integer(1) + cbor_integer(3) + cbor_integer(3) + cbor_integer(-257) + cbor_integer(-1) +
         cbor_bytes(member("n")) + cbor_integer(-2) + cbor_bytes(member("e"));
}

std::string Authenticator::authenticator_data(bool with_credential) const {
  const auto party = security::sha256(party_id);
  auto data = std::string(security::bytes(party)) + big_endian(flags | (with_credential ? 0x40U : 0U), 1) +
              big_endian(counter, 4);
  if (with_credential) {
    data += std::string(16, '\0') + big_endian(credential_id_.size(), 2) + credential_id_ + cose_key();
  }
  return data;
}

std::string Authenticator::attestation_object() const {
  return cbor_head(5, 3) + cbor_text("fmt") + cbor_text(attestation) + cbor_text("attStmt") + cbor_head(5, 0) +
         cbor_text("authData") + cbor_bytes(authenticator_data(true));
}

std::string Authenticator::sign(std::string_view authenticator_data, std::string_view client_data) const {
  const auto pem = key_.to_pem();
  const std::unique_ptr<BIO, decltype(&BIO_free)> text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                                       &BIO_free);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      PEM_read_bio_PrivateKey(text.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  const auto digest = security::sha256(client_data);
  const auto input = std::string(authenticator_data).append(security::bytes(digest));
  const auto* bytes = reinterpret_cast<const unsigned char*>(input.data());
  std::size_t size = 0;
  EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get());
  EVP_DigestSign(context.get(), nullptr, &size, bytes, input.size());
  std::string signature(size, '\0');
  EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes, input.size());
  signature.resize(size);
  return signature;
}

}  // namespace dontgoback::test
