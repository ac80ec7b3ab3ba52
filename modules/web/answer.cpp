#include "answer.hpp"

#include <cstddef>
#include <optional>
#include <string>

#include "dontgoback/http/entity_tag.hpp"

namespace dontgoback::web {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool same_word(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
    if (c != lower[i]) return false;
  }
  return true;
}

/// What stands before the separator; `text` keeps what stands behind it.
std::string_view take(std::string_view& text, char separator) {
  const auto end = text.find(separator);
  const auto first = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return trimmed(first);
}

/// `0` to `1` with up to three decimals, in thousandths; 0 when it is malformed.
int weight(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return 0;
  if (text.size() > 1 && text[1] != '.') return 0;
  int thousandths = (text[0] - '0') * 1000;
  int unit = 100;
  for (const char digit : text.substr(text.size() > 1 ? 2 : 1)) {
    if (digit < '0' || digit > '9') return 0;
    thousandths += (digit - '0') * unit;
    unit /= 10;
  }
  return thousandths > 1000 ? 0 : thousandths;
}

/// What a list element `coding;q=…` gives its coding.
int weight_of(std::string_view parameters) {
  while (!parameters.empty()) {
    auto parameter = take(parameters, ';');
    if (same_word(take(parameter, '='), "q")) return weight(trimmed(parameter));
  }
  return 1000;
}

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
    auto element = take(accept_encoding, ',');
    const auto coding = take(element, ';');
    const int wanted = weight_of(element);
    if (same_word(coding, "br")) brotli = wanted;
    if (same_word(coding, "gzip") || same_word(coding, "x-gzip")) gzip = wanted;
    if (same_word(coding, "identity")) identity = wanted;
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
