#pragma once

#include <string>
#include <string_view>

namespace dontgoback::http {

/// A strong entity tag of these bytes (RFC 9110, section 8.8.3), quotes included.
std::string entity_tag(std::string_view bytes);

/// Whether an `If-None-Match` field names the tag (weak comparison, RFC 9110 section 13.1.2) or is `*`.
bool names_entity_tag(std::string_view if_none_match, std::string_view etag);

}  // namespace dontgoback::http
