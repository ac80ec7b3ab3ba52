#include "dontgoback/security/crypto/seal.hpp"

#include <cstddef>

#include "crypto/openssl.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"

namespace dontgoback::security {
namespace {

constexpr std::size_t kKey = 32;
constexpr std::size_t kNonce = 12;
constexpr std::size_t kTag = 16;

using Context = OpensslPtr<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

const unsigned char* data(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* data(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

enum class Direction { open = 0, seal = 1 };

/// A context that has taken in key, nonce and context.
Context begin(std::string_view key, std::string_view nonce, std::string_view context, Direction direction) {
  if (key.size() != kKey) throw std::runtime_error("the sealing key must have 32 bytes");
  static EVP_CIPHER* const algorithm = require(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr), "no AES-256-GCM");
  Context cipher(require(EVP_CIPHER_CTX_new(), "no memory"));
  int length = 0;
  require(EVP_CipherInit_ex2(cipher.get(), algorithm, data(key), data(nonce), static_cast<int>(direction), nullptr),
          "AES-256-GCM");
  require(EVP_CipherUpdate(cipher.get(), nullptr, &length, data(context), static_cast<int>(context.size())),
          "AES-256-GCM");
  return cipher;
}

}  // namespace

std::string seal(std::string_view key, std::string_view plain, std::string_view context) {
  auto sealed = random_bytes(kNonce);
  const auto cipher = begin(key, sealed, context, Direction::seal);
  sealed.resize(kNonce + plain.size() + kTag);
  auto* const out = data(sealed) + kNonce;
  int length = 0;
  require(EVP_CipherUpdate(cipher.get(), out, &length, data(plain), static_cast<int>(plain.size())), "AES-256-GCM");
  require(EVP_CipherFinal_ex(cipher.get(), out + length, &length), "AES-256-GCM");
  require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, kTag, out + plain.size()), "AES-256-GCM");
  return sealed;
}

std::string unseal(std::string_view key, std::string_view sealed, std::string_view context) {
  if (sealed.size() < kNonce + kTag) throw std::runtime_error("sealed bytes are cut short");
  const auto cipher = begin(key, sealed.substr(0, kNonce), context, Direction::open);
  const auto body = sealed.substr(kNonce, sealed.size() - kNonce - kTag);
  std::string tag(sealed.substr(sealed.size() - kTag));
  std::string plain(body.size(), '\0');
  int length = 0;
  require(EVP_CipherUpdate(cipher.get(), data(plain), &length, data(body), static_cast<int>(body.size())),
          "AES-256-GCM");
  require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, kTag, tag.data()), "AES-256-GCM");
  if (EVP_CipherFinal_ex(cipher.get(), data(plain) + length, &length) != 1) {
    ERR_clear_error();
    throw std::runtime_error("sealed with another key, for another purpose, or damaged");
  }
  return plain;
}

}  // namespace dontgoback::security
