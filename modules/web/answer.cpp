#include "answer.hpp"

#include <cstddef>
#include <optional>
#include <string>

#include "dontgoback/http/entity_tag.hpp"
#include "dontgoback/http/preference.hpp"
#include "dontgoback/text/ascii.hpp"

namespace dontgoback::web {
namespace {

http::Response with_policy(const File& file, std::string_view policy) {
  http::Response response;
  response.content_type = file.content_type;
  response.header("Vary", "Accept-Encoding");
  response.header("Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (!file.immutable) response.header("Content-Security-Policy", std::string(policy));
  return response;
}

void put(http::Response& response, const File& file, const Variant& variant) {
  response.fixed_body = variant.bytes;
  if (&variant == &file.brotli) response.header("Content-Encoding", "br");
  if (&variant == &file.gzip) response.header("Content-Encoding", "gzip");
}

}  // namespace

const Variant& choose(const File& file, std::string_view accept_encoding) {
  std::optional<int> brotli;
  std::optional<int> gzip;
  std::optional<int> identity;
  int others = 0;
  while (!accept_encoding.empty()) {
    const auto [coding, wanted] = http::take_preference(accept_encoding);
    const auto is = [name = coding](std::string_view word) { return text::same_ignoring_case(name, word); };
    if (is("br")) brotli = wanted;
    if (is("gzip") || is("x-gzip")) gzip = wanted;
    if (is("identity")) identity = wanted;
    if (coding == "*") others = wanted;
  }
  // Not named, the file as it is is acceptable, but everything named is wanted more.
  const Variant* best = &file.identity;
  int most = identity.value_or(0);
  const auto offer = [&](const Variant& variant, int wanted) {
    if (!variant.offered() || wanted == 0 || wanted < most) return;
    if (wanted == most && variant.bytes.size() >= best->bytes.size()) return;
    best = &variant;
    most = wanted;
  };
  offer(file.gzip, gzip.value_or(others));
  offer(file.brotli, brotli.value_or(others));
  return *best;
}

http::Response answer(const File& file, std::string_view policy, const http::Request& request) {
  const auto& variant = choose(file, request.header("Accept-Encoding"));
  auto response = with_policy(file, policy);
  response.header("ETag", std::string(variant.etag));
  if (http::names_entity_tag(request.header("If-None-Match"), variant.etag)) {
    response.status = 304;
  } else {
    put(response, file, variant);
  }
  return response;
}

http::Response nothing_here(const File& shell, std::string_view policy, const http::Request& request) {
  if (request.header("Accept").find("text/html") == std::string_view::npos) {
    return http::envelope(request, 404, {"찾을 수 없습니다.", "There is nothing here."});
  }
  auto response = with_policy(shell, policy);
  response.status = 404;
  put(response, shell, choose(shell, request.header("Accept-Encoding")));
  return response;
}

}  // namespace dontgoback::web
