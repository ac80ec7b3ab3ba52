#include "dontgoback/security/jose/public_key.hpp"

#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/jose/algorithm.hpp"
#include "jose/ecdsa.hpp"
#include "jose/public_key_impl.hpp"

namespace dontgoback::security {
namespace {

constexpr std::size_t kMaxDer = 8 * 1024;
constexpr std::size_t kMaxJwk = 64 * 1024;

PkeyContext verifying_context(EVP_PKEY* key, Algorithm algorithm) {
  PkeyContext context(require(EVP_PKEY_CTX_new(key, nullptr), "no memory"));
  require(EVP_PKEY_verify_init(context.get()), "cannot verify");
  if (algorithm == Algorithm::rs256) require(EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING), "PKCS #1");
  require(EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()), "SHA-256");
  return context;
}

}  // namespace

std::shared_ptr<const PublicKey::Impl> make_public_key(Pkey key, std::string kid) {
  const auto algorithm = key ? algorithm_of(key.get()) : std::nullopt;
  if (!algorithm) return nullptr;
  if (kid.empty()) kid = thumbprint(members_of(key.get(), *algorithm));
  auto verifying = verifying_context(key.get(), *algorithm);
  return std::shared_ptr<const PublicKey::Impl>(
      new PublicKey::Impl{std::move(key), *algorithm, std::move(kid), {std::move(verifying)}});
}

std::optional<PublicKey> PublicKey::from_der_base64(std::string_view base64) {
  if (base64.size() > kMaxDer) return std::nullopt;
  const auto der = base64_decode(base64);
  if (!der) return std::nullopt;
  const auto* at = reinterpret_cast<const unsigned char*>(der->data());
  const auto* const end = at + der->size();
  Pkey key(d2i_PUBKEY(nullptr, &at, static_cast<long>(der->size())));
  ERR_clear_error();
  if (!key || at != end) return std::nullopt;
  auto impl = make_public_key(std::move(key));
  if (!impl) return std::nullopt;
  return PublicKey(std::move(impl));
}

std::optional<PublicKey> PublicKey::from_jwk(std::string_view json) {
  if (json.size() > kMaxJwk) return std::nullopt;
  const auto document = json::parse(json);
  return document ? from_jwk(*document) : std::nullopt;
}

std::optional<PublicKey> PublicKey::from_jwk(const boost::json::value& json) {
  auto jwk = read_jwk(json);
  if (!jwk) return std::nullopt;
  auto impl = make_public_key(key_of(jwk->members), std::move(jwk->kid));
  if (!impl) return std::nullopt;
  return PublicKey(std::move(impl));
}

const std::string& PublicKey::kid() const { return impl_->kid; }

Algorithm PublicKey::algorithm() const { return impl_->algorithm; }

std::string PublicKey::thumbprint() const {
  return security::thumbprint(members_of(impl_->key.get(), impl_->algorithm));
}

std::string PublicKey::to_jwk() const {
  return security::to_jwk(members_of(impl_->key.get(), impl_->algorithm), impl_->kid);
}

bool PublicKey::verify(std::string_view signing_input, std::string_view signature) const {
  std::string der;
  if (impl_->algorithm == Algorithm::es256) {
    der = ecdsa_to_der(signature);
    signature = der;
  }
  const auto digest = sha256(signing_input);
  const bool good = impl_->verifying.with([&](EVP_PKEY_CTX* context) {
    return EVP_PKEY_verify(context, reinterpret_cast<const unsigned char*>(signature.data()), signature.size(),
                           digest.data(), digest.size()) == 1;
  });
  if (!good) ERR_clear_error();
  return good;
}

}  // namespace dontgoback::security
