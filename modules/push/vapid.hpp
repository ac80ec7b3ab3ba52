#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "dontgoback/security/jose/signing_key.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::push {

/// Who we are to push services (RFC 8292): they let only the key that a browser subscribed with push to it.
class Vapid {
 public:
  /// `contact` is `mailto:…` or `https:…`, or empty: none. std::runtime_error for a key that is not P-256.
  Vapid(security::SigningKey key, std::string contact);

  /// The public key, as browsers want it.
  const std::string& public_key() const { return public_key_; }
  /// The value of `Authorization` for a push service, good for half a day.
  std::string authorization(std::string_view origin, time::Timestamp now) const;

 private:
  const security::SigningKey key_;
  const std::string contact_;
  const std::string public_key_;
};

/// The key for the people of another module, made of the first so that one file holds all: a browser that subscribed
/// with one cannot be pushed to with another, and nothing shows that they belong together.
security::SigningKey key_for(const security::SigningKey& key, std::string_view owner);

/// Whether it can be written as who runs this: what push services take.
bool is_contact(std::string_view text);

/// The key in a file, PKCS #8 in PEM. Throws std::runtime_error, naming the file, for what is none.
security::SigningKey read_key(const std::filesystem::path& file);
/// The same; made, with mode 0600, when it is not there.
security::SigningKey read_or_create_key(const std::filesystem::path& file);

}  // namespace dontgoback::push
