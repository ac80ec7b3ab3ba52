#include "dontgoback/security/jose/media_type.hpp"

#include "dontgoback/text/ascii.hpp"

namespace dontgoback::security {
bool is_media_type(std::string_view typ, std::string_view expected) {
  static constexpr std::string_view kPrefix = "application/";
  if (text::starts_ignoring_case(typ, kPrefix)) typ.remove_prefix(kPrefix.size());
  return text::same_ignoring_case(typ, expected);
}

}  // namespace dontgoback::security
