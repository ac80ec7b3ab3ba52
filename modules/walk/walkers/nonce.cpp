#include "nonce.hpp"

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/equal_constant_time.hpp"
#include "dontgoback/security/crypto/hmac.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"

namespace dontgoback::walk::walkers {
namespace {

constexpr std::size_t kRandom = 16, kTime = 8, kProof = 16;
constexpr std::chrono::seconds kClocksDiffer{60};  ///< of two nodes

}  // namespace

std::string Nonces::signed_with(std::string_view what) const {
  return std::string(security::bytes(security::hmac_sha256(key_, what)).substr(0, kProof));
}

std::string Nonces::give_out(time::Timestamp now) const {
  auto what = security::random_bytes(kRandom);
  const auto at = static_cast<std::uint64_t>(now.time_since_epoch().count());
  for (int shift = 56; shift >= 0; shift -= 8) what += static_cast<char>(at >> shift);
  return security::base64url_encode(what + signed_with(what));
}

bool Nonces::is_good(std::string_view nonce, time::Timestamp now) const {
  if (nonce.size() > 64) return false;
  const auto bytes = security::base64url_decode(nonce);
  if (!bytes || bytes->size() != kRandom + kTime + kProof) return false;
  const auto what = std::string_view(*bytes).substr(0, kRandom + kTime);
  if (!security::equal_constant_time(signed_with(what), std::string_view(*bytes).substr(kRandom + kTime))) return false;
  std::uint64_t at = 0;
  for (const char byte : what.substr(kRandom)) at = at << 8U | static_cast<unsigned char>(byte);
  const time::Timestamp given_out{std::chrono::milliseconds(static_cast<std::int64_t>(at))};
  return given_out <= now + kClocksDiffer && now - given_out <= kLife;
}

}  // namespace dontgoback::walk::walkers
