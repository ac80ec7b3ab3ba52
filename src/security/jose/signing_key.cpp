#include "dontgoback/security/jose/signing_key.hpp"

#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "crypto/context_pool.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/jose/algorithm.hpp"
#include "dontgoback/security/jose/public_key.hpp"
#include "jose/ecdsa.hpp"
#include "jose/public_key_impl.hpp"

namespace dontgoback::security {

struct SigningKey::Impl {
  Pkey key;
  Algorithm algorithm;
  std::string kid;
  std::string public_jwk;
  ContextPool signing;
};

namespace {

using Bio = OpensslPtr<BIO, BIO_free_all>;
using Pkcs8 = OpensslPtr<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;

constexpr unsigned kRsaBits = 2048;

PkeyContext signing_context(EVP_PKEY* key, Algorithm algorithm) {
  PkeyContext context(require(EVP_PKEY_CTX_new(key, nullptr), "no memory"));
  require(EVP_PKEY_sign_init(context.get()), "cannot sign");
  if (algorithm == Algorithm::rs256) require(EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING), "PKCS #1");
  require(EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()), "SHA-256");
  return context;
}

std::string signature_of(const SigningKey::Impl& impl, std::string_view signing_input) {
  const auto digest = sha256(signing_input);
  auto signature = impl.signing.with([&](EVP_PKEY_CTX* context) {
    std::string bytes(static_cast<std::size_t>(EVP_PKEY_get_size(impl.key.get())), '\0');
    std::size_t length = bytes.size();
    require(
        EVP_PKEY_sign(context, reinterpret_cast<unsigned char*>(bytes.data()), &length, digest.data(), digest.size()),
        "signing failed");
    bytes.resize(length);
    return bytes;
  });
  return impl.algorithm == Algorithm::es256 ? ecdsa_from_der(signature) : signature;
}

std::shared_ptr<const SigningKey::Impl> make_signing_key(Pkey key) {
  const auto algorithm = algorithm_of(key.get());
  if (!algorithm) throw std::runtime_error("the key is neither RSA of 2048 to 4096 bit nor EC P-256");
  const auto members = members_of(key.get(), *algorithm);
  auto kid = thumbprint(members);
  auto jwk = to_jwk(members, kid);
  auto signing = signing_context(key.get(), *algorithm);
  return std::shared_ptr<const SigningKey::Impl>(
      new SigningKey::Impl{std::move(key), *algorithm, std::move(kid), std::move(jwk), {std::move(signing)}});
}

/// The key of a PKCS#8 PEM text. Read by hand, because OpenSSL's own reader takes other forms too and may ask the
/// terminal for a password.
Pkey read_pkcs8(std::string_view pem) {
  const Bio bio(require(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), "no memory"));
  char* name = nullptr;
  char* header = nullptr;
  unsigned char* data = nullptr;
  long length = 0;
  Pkey key;
  if (PEM_read_bio(bio.get(), &name, &header, &data, &length) == 1) {
    const auto* at = static_cast<const unsigned char*>(data);
    if (std::string_view(name) == PEM_STRING_PKCS8INF && *header == '\0') {
      const Pkcs8 info(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, length));
      if (info) key.reset(EVP_PKCS82PKEY(info.get()));
    }
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_clear_free(data, static_cast<std::size_t>(length));
  }
  ERR_clear_error();
  return key;
}

}  // namespace

SigningKey SigningKey::generate(Algorithm algorithm) {
  Pkey key(algorithm == Algorithm::rs256 ? EVP_RSA_gen(kRsaBits) : EVP_EC_gen("P-256"));
  require(key.get(), "cannot make a key");
  return SigningKey(make_signing_key(std::move(key)));
}

SigningKey SigningKey::from_pem(std::string_view pem) {
  auto key = read_pkcs8(pem);
  if (!key) throw std::runtime_error("no PKCS #8 private key in PEM");
  SigningKey signing_key(make_signing_key(std::move(key)));
  // Halves that do not belong together (a damaged file) would sign what nobody can verify.
  const auto public_half = PublicKey::from_jwk(signing_key.public_jwk());
  static constexpr std::string_view kProbe = "probe";
  if (!public_half || !public_half->verify(kProbe, signature_of(*signing_key.impl_, kProbe))) {
    throw std::runtime_error("the key's halves do not belong together");
  }
  return signing_key;
}

std::string SigningKey::to_pem() const {
  const Bio bio(require(BIO_new(BIO_s_secmem()), "no memory"));
  require(PEM_write_bio_PKCS8PrivateKey(bio.get(), impl_->key.get(), nullptr, nullptr, 0, nullptr, nullptr),
          "cannot write the key");
  char* data = nullptr;
  const auto length = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(length)};
}

Algorithm SigningKey::algorithm() const { return impl_->algorithm; }

const std::string& SigningKey::kid() const { return impl_->kid; }

const std::string& SigningKey::public_jwk() const { return impl_->public_jwk; }

std::string SigningKey::public_der() const {
  unsigned char* data = nullptr;
  const int length = i2d_PUBKEY(impl_->key.get(), &data);
  require(length > 0, "cannot write the public key");
  std::string der(reinterpret_cast<const char*>(data), static_cast<std::size_t>(length));
  OPENSSL_free(data);
  return der;
}

std::string SigningKey::public_point() const {
  constexpr std::size_t kPoint = 65;
  if (impl_->algorithm != Algorithm::es256) throw std::logic_error("only keys of P-256 are points");
  return public_der().substr(91 - kPoint);  // what the structure of a key of this curve ends with
}

std::string SigningKey::sign(std::string_view typ, std::string_view claims_json, std::string_view kid) const {
  std::string header;
  json::Writer writer(header);
  writer.begin_object();
  writer.field("alg", name_of(impl_->algorithm));
  if (!kid.empty()) writer.field("kid", kid);
  writer.field("typ", typ);
  writer.end_object();
  auto token = base64url_encode(header);
  token.push_back('.');
  token.append(base64url_encode(claims_json));
  const auto signature = signature_of(*impl_, token);
  token.push_back('.');
  token.append(base64url_encode(signature));
  return token;
}

}  // namespace dontgoback::security
