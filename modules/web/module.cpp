#include "module.hpp"

#include <string>
#include <utility>

#include "dontgoback/security/hash.hpp"
#include "page.hpp"

namespace dontgoback::web {
namespace {

constexpr std::string_view kRobots = "User-agent: *\nDisallow: /api/\nDisallow: /msa/\n";
// Only the page's own inline style; nothing from elsewhere.
constexpr const char* kContentSecurityPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A file that is built into the program.
struct File {
  std::string_view content_type;
  std::string_view bytes;
  std::string etag;

  File(std::string_view type, std::string_view content)
      : content_type(type),
        bytes(content),
        etag('"' + security::base64url_encode(security::bytes(security::sha256(content)).substr(0, 12)) + '"') {}
};

// RFC 9110 section 13.1.2: a list of entity tags, compared weakly, or `*`.
bool names(std::string_view if_none_match, std::string_view etag) {
  return if_none_match == "*" || if_none_match.find(etag) != std::string_view::npos;
}

http::Response answer(const File& file, const http::Request& request) {
  http::Response response;
  response.content_type = file.content_type;
  response.header("ETag", file.etag).header("Cache-Control", "no-cache");
  response.header("Content-Security-Policy", kContentSecurityPolicy);
  if (names(request.header("If-None-Match"), file.etag)) {
    response.status = 304;
  } else {
    response.fixed_body = file.bytes;
  }
  return response;
}

void serve(http::Router& router, std::string_view path, File file) {
  router.add({http::Method::get, path, http::Access::anyone(), http::Lane::inline_, http::kNoBody,
              [file = std::move(file)](const http::Request& request) { return answer(file, request); }});
}

}  // namespace

void WebModule::start(Host& host) {
  serve(host.router, "/", {"text/html; charset=utf-8", kPage});
  serve(host.router, "/robots.txt", {"text/plain; charset=utf-8", kRobots});
  // Browsers ask for it by themselves; there is none.
  host.router.add({http::Method::get, "/favicon.ico", http::Access::anyone(), http::Lane::inline_, http::kNoBody,
                   [](const http::Request&) {
                     http::Response nothing;
                     nothing.status = 204;
                     nothing.header("Cache-Control", "max-age=86400");
                     return nothing;
                   }});
}

}  // namespace dontgoback::web
