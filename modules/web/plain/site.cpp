#include "site.hpp"

#include <array>

#include "dontgoback/http/entity_tag.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "page.hpp"

namespace dontgoback::web {
namespace {

/// The policy allows the page's own inline style, by its hash, and nothing else.
std::string policy_of(std::string_view page) {
  constexpr std::string_view kBegin = "<style>";
  const auto begin = page.find(kBegin) + kBegin.size();
  const auto style = page.substr(begin, page.find("</style>") - begin);
  return "default-src 'none'; style-src 'sha256-" + security::base64_encode(security::bytes(security::sha256(style))) +
         "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

}  // namespace

const Site& built_in_site() {
  static const std::string etag = http::entity_tag(kPage);
  static const std::array<File, 1> files{File{kShellPath, "text/html; charset=utf-8", false, {kPage, etag}, {}, {}}};
  static const std::string policy = policy_of(kPage);
  static const Site site{files, policy};
  return site;
}

}  // namespace dontgoback::web
