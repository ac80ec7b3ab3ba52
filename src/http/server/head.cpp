#include "http/server/head.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "dontgoback/text/ascii.hpp"

namespace dontgoback::http {
namespace {

std::string_view reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 204:
      return "No Content";
    case 302:
      return "Found";
    case 304:
      return "Not Modified";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 417:
      return "Expectation Failed";
    case 421:
      return "Misdirected Request";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    default:
      return "";  // RFC 9112 section 4: may be empty
  }
}

void append_number(std::string& out, std::size_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

bool has(const Response& response, std::string_view name) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [name](const auto& each) { return text::same_ignoring_case(each.first, name); });
}

}  // namespace

void write_head(std::string& out, const Exchange& exchange, const Response& response, const HeadRules& rules) {
  out.clear();
  out.append("HTTP/1.1 ");
  append_number(out, static_cast<std::size_t>(response.status));
  out.append(" ").append(reason(response.status)).append("\r\nDate: ").append(rules.date).append("\r\n");

  const bool bodiless = response.status == 204 || response.status == 304;
  if (!bodiless) {
    const auto body = body_of(response);
    if (!body.empty() || response.has_open_end()) field(out, "Content-Type", response.content_type);
    if (rules.framing == Framing::length) {
      out.append("Content-Length: ");
      append_number(out, body.size());
      out.append("\r\n");
    } else if (rules.framing == Framing::chunked) {
      out.append("Transfer-Encoding: chunked\r\n");
    }
  }
  if (rules.close) {
    out.append("Connection: close\r\n");
  } else if (rules.announce_keep_alive) {
    out.append("Connection: keep-alive\r\n");
  }
  field(out, "X-Request-Id", exchange.request_id);
  out.append("X-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\n");
  if (rules.https) out.append("Strict-Transport-Security: max-age=31536000\r\n");
  const bool api = exchange.user_api || exchange.request.path.starts_with("/msa/");
  // Nothing here is for another site's frame. Not with 304: that would replace what the stored answer has.
  if (!bodiless && !has(response, "Content-Security-Policy")) {
    out.append(api ? "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\nX-Frame-Options: DENY\r\n"
                   : "Content-Security-Policy: frame-ancestors 'none'\r\nX-Frame-Options: DENY\r\n");
  }
  if (api && !has(response, "Cache-Control")) out.append("Cache-Control: no-store\r\n");
  if (exchange.user_api) {
    // Also without an Origin: a cache must not give one page's answer to another.
    out.append("Vary: Origin\r\n");
    if (exchange.cors) {
      field(out, "Access-Control-Allow-Origin", exchange.request.header("Origin"));
      out.append(
          "Access-Control-Allow-Credentials: true\r\n"
          "Access-Control-Expose-Headers: Failure-Code, Retry-After, RateLimit, RateLimit-Policy\r\n");
    }
  }
  if (exchange.path != nullptr && !exchange.path->page_origins.empty()) {
    out.append("Vary: Origin\r\n");
    if (is_open_page(exchange)) {
      field(out, "Access-Control-Allow-Origin", exchange.request.header("Origin"));
      out.append("Access-Control-Expose-Headers: DPoP-Nonce, ETag, Retry-After, WWW-Authenticate\r\n");
    }
  }
  for (const auto& [name, value] : response.headers) field(out, name, value);
  out.append("\r\n");
}

}  // namespace dontgoback::http
