#pragma once

#include <string>
#include <string_view>

namespace dontgoback::auth {

/// The metadata document (RFC 8414 section 2) of an issuer: a URL without a trailing slash, below which the endpoints
/// are.
std::string metadata(const std::string& issuer);

/// Where the document is to be found (RFC 8414 section 3.1): the well-known path with the path of the issuer behind it.
std::string metadata_path(std::string_view issuer);

}  // namespace dontgoback::auth
