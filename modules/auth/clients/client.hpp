#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/jose/verification_keys.hpp"
#include "dontgoback/time/clock.hpp"
#include "names.hpp"

namespace dontgoback::auth {

/// The scopes that nodes of this program ask for. A client may be given others: they are for other people's services.
inline constexpr std::string_view kUpdateAssets = "asset:update";
inline constexpr std::string_view kRunJobs = "job:run";
/// Lets a node ask core which identities and tickets are one person's.
inline constexpr std::string_view kReadPeople = "people:read";
/// Lets a node see and decide what walkers report of one another.
inline constexpr std::string_view kModerateWalk = "walk:moderate";
/// Lets a client introspect every token, not only its own.
inline constexpr std::string_view kIntrospect = "token:introspect";

inline constexpr std::array<std::string_view, 5> kOwnScopes{kUpdateAssets, kRunJobs, kReadPeople, kModerateWalk,
                                                            kIntrospect};

/// A generated secret's digest: 256 random bits need no slow hash.
struct Secret {
  std::int64_t id = 0;  ///< 0: from configuration
  security::Digest digest{};
  time::Timestamp created_at{};
  std::optional<time::Timestamp> last_used_at;  ///< to the minute
};

/// A registered client (RFC 6749 section 2). It is authenticated by a secret or by a key, never by either.
struct Client {
  std::string id;
  std::string name;                      ///< for people
  std::vector<std::string> scopes;       ///< all it may ask for; none unless somebody gave it some
  std::vector<std::string> audiences;    ///< the `resource` values it may ask for, besides kDefaultAudience
  std::vector<Secret> secrets;           ///< newest first; two while one is being replaced
  std::string jwks;                      ///< of a client that signs assertions, as it was given; else empty
  security::VerificationKeys::Set keys;  ///< of that
  bool dpop = false;                     ///< must prove a key whenever it asks for a token
  bool configured = false;               ///< from the configuration: cannot be changed by commands
  time::Timestamp created_at{};
  std::optional<time::Timestamp> disabled_at;

  bool has_scope(std::string_view scope) const {
    return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
  }
};

/// 1 to 64 printable ASCII characters without a space.
bool is_client_id(std::string_view id);
/// RFC 6749 section 3.3: printable ASCII without space, `"` and `\`; here at most 64 characters, and not `*`, which
/// means every scope where first-release tokens are taken.
bool is_scope(std::string_view scope);
/// RFC 8707 section 2: an absolute URI without fragment; here printable ASCII, at most 200 characters.
bool is_audience(std::string_view uri);

/// The words between spaces (RFC 6749 section 3.3), each once, in order.
std::vector<std::string> words_of(std::string_view list);
/// The same of what people write: parted by spaces or commas.
std::vector<std::string> scopes_of(std::string list);
/// Whether nodes of this program ask for it.
bool is_own_scope(std::string_view scope);
std::string joined(const std::vector<std::string>& words);

}  // namespace dontgoback::auth
