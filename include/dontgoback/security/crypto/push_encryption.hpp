#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// Message encryption for Web Push (RFC 8291): the coding `aes128gcm` (RFC 8188) in one record, its key agreed on P-256.
namespace dontgoback::security {

/// What a browser gave, as bytes.
struct PushReceiver {
  std::string_view p256dh;  ///< its public key, an uncompressed point
  std::string_view auth;    ///< the secret it shares
};

inline constexpr std::size_t kPushAuth = 16;
/// A body has at most 4096 bytes, which is what push services take (RFC 8291 section 4).
inline constexpr std::size_t kMostPushed = 4096 - 86 - 16 - 1;

/// Whether the bytes are an uncompressed point (SEC 1, section 2.3.3) on the curve.
bool is_p256_point(std::string_view bytes);

/// The body of a push, with a key and a salt that are made for it. Throws std::invalid_argument for a receiver whose
/// key is no point or whose secret has another length, and for more than kMostPushed bytes.
std::string encrypt_push(std::string_view plain, const PushReceiver& receiver);

/// What is made for one push otherwise; of use to nobody but who compares with the RFC.
struct PushRandomness {
  std::string_view private_key;  ///< 32 bytes
  std::string_view salt;         ///< 16 bytes
};
std::string encrypt_push(std::string_view plain, const PushReceiver& receiver, const PushRandomness& given);

}  // namespace dontgoback::security
