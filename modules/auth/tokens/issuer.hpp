#pragma once

#include <string>
#include <string_view>

#include "clients/client.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/security/jose/signing_key.hpp"
#include "dontgoback/time/clock.hpp"
#include "registry/snapshot.hpp"

namespace dontgoback::auth {

/// What a token grants.
struct Grant {
  std::string_view client_id;
  std::string_view scopes;    ///< separated by spaces
  std::string_view audience;  ///< one
  std::string_view
      confirmation;  ///< thumbprint of the key that its holder must prove (RFC 9449 section 6.1); may be empty
};

/// No token is larger, in bytes: some proxies and servers take no longer header fields than a few kilobytes.
inline constexpr std::size_t kLargestToken = 1024;
/// How large a client's token can get: all its scopes, its longest audience, bound to a key, signed with RSA of 2048
/// bit, as the keys made here are. A larger one that was taken over is told of when it is.
std::size_t largest_token_of(const Client& client, std::string_view issuer_url);

/// Makes access tokens for calls between servers (contract, section 4; RFC 9068), good for kTokenLifetime. Any thread;
/// signing is CPU work.
class Issuer {
 public:
  Issuer(std::string url, const time::Clock& clock) : url_(std::move(url)), clock_(clock) {}

  const std::string& url() const { return url_; }
  std::string issue(const security::SigningKey& key, const Grant& grant) const;
  /// With the snapshot's signing key. unavailable when the snapshot denies what the client would get in this second:
  /// for the rest of the second in which it was enabled again, its tokens could not be told from those taken back.
  Result<std::string> issue(const Snapshot& snapshot, const Grant& grant) const;

 private:
  const std::string url_;
  const time::Clock& clock_;
};

}  // namespace dontgoback::auth
