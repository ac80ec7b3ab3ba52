#pragma once

#include <boost/json/fwd.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/security/jose/algorithm.hpp"

namespace dontgoback::security {

/// A compact JWS taken apart, not yet verified: three base64url parts, header a JSON object with a known `alg`, no
/// `crit`.
struct ParsedJws {
  Algorithm algorithm;
  std::string kid;  ///< empty when there is none
  std::string typ;
  std::shared_ptr<const boost::json::value>
      jwk;                         ///< the header's key, an object, not to be trusted; null: there is none
  std::string payload;             ///< the claims, as JSON text
  std::string_view signing_input;  ///< into the token
  std::string signature;
};

/// Nothing for anything that is not exactly that (RFC 7515 section 5.2, RFC 8725). At most 8 KiB. A fuzzer may call it.
std::optional<ParsedJws> parse_jws(std::string_view token);

}  // namespace dontgoback::security
