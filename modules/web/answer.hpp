#pragma once

#include <string_view>

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "site.hpp"

namespace dontgoback::web {

/// The variant a client wants most by its `Accept-Encoding` (RFC 9110 section 12.5.3); of those it wants equally the
/// smallest. The file as it is when the client wants nothing that is there. Codings with a malformed weight are not
/// wanted.
const Variant& choose(const File& file, std::string_view accept_encoding);

/// The file in the coding the client wants most, or 304 when it has that already.
http::Response answer(const File& file, std::string_view policy, const http::Request& request);

/// The shell with status 404 to somebody who went to an address; the plain failure to everything else.
http::Response nothing_here(const File& shell, std::string_view policy, const http::Request& request);

}  // namespace dontgoback::web
