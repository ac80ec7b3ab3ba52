#include "dontgoback/http/response.hpp"

#include <catch2/catch.hpp>

#include "dontgoback/http/error.hpp"
#include "http/server/head.hpp"

using namespace dontgoback;
using namespace dontgoback::http;

namespace {

std::string head(Exchange& exchange, const Response& response, HeadRules rules = {}) {
  exchange.request.headers = &exchange.fields;
  exchange.request_id = "0123456789abcdef";
  rules.date = "Thu, 01 Jan 2026 00:00:00 GMT";
  std::string out = "what was there before";
  write_head(out, exchange, response, rules);
  return out;
}

bool has(const std::string& text, const std::string& line) {
  return text.find("\r\n" + line + "\r\n") != std::string::npos;
}

}  // namespace

TEST_CASE("Each kind of failure has its status") {
  CHECK(status_of(FailureKind::invalid) == 400);
  CHECK(status_of(FailureKind::unauthenticated) == 401);
  CHECK(status_of(FailureKind::forbidden) == 403);
  CHECK(status_of(FailureKind::not_found) == 404);
  CHECK(status_of(FailureKind::conflict) == 409);
  CHECK(status_of(FailureKind::too_large) == 413);
  CHECK(status_of(FailureKind::rate_limited) == 429);
  CHECK(status_of(FailureKind::unavailable) == 503);
}

TEST_CASE("The envelope repeats the status, in the language of the request") {
  constexpr Message kDone{"했습니다.", "Done."};
  Request request;
  CHECK(envelope(request, 200, kDone).body == R"({"resultCode":"S-200","message":"했습니다.","data":null})");
  request.language = Language::en;
  CHECK(envelope(request, 200, kDone).body == R"({"resultCode":"S-200","message":"Done.","data":null})");
  CHECK(envelope(request, 201, kDone, [](json::Writer& writer) { writer.value(1); }).body ==
        R"({"resultCode":"S-201","message":"Done.","data":1})");
  const auto failed = envelope(request, 404, {"", "say \"no\""});
  CHECK(failed.status == 404);
  CHECK(failed.body == R"({"resultCode":"F-404","message":"say \"no\"","data":null})");
}

TEST_CASE("A redirect and a text") {
  const auto moved = redirect("/login?status=x");
  CHECK(moved.status == 302);
  CHECK(moved.headers.front().second == "/login?status=x");
  CHECK(text(200, "hello").content_type == "text/plain; charset=utf-8");
}

TEST_CASE("The head of an answer of the user API") {
  Exchange exchange;
  exchange.request.path = "/api/v1/feeds";
  exchange.user_api = true;
  const auto written = head(exchange, envelope(exchange.request, 201, {"x", ""}).header("Set-Cookie", "a=1"));
  CHECK(written.starts_with("HTTP/1.1 201 Created\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n"));
  CHECK(has(written, "Content-Type: application/json"));
  CHECK(has(written, "Content-Length: 48"));
  CHECK(has(written, "X-Request-Id: 0123456789abcdef"));
  CHECK(has(written, "X-Content-Type-Options: nosniff"));
  CHECK(has(written, "Referrer-Policy: same-origin"));
  CHECK(has(written, "Cache-Control: no-store"));
  CHECK(has(written, "Vary: Origin"));
  CHECK(has(written, "Set-Cookie: a=1"));
  CHECK(written.ends_with("\r\n\r\n"));
  CHECK(written.find("Server") == std::string::npos);
  CHECK(written.find("Connection") == std::string::npos);
  CHECK(written.find("Strict-Transport") == std::string::npos);
  CHECK(written.find("Access-Control") == std::string::npos);
}

TEST_CASE("No answer is for another site's frame") {
  constexpr auto kNone = "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'";
  constexpr auto kNoFrame = "Content-Security-Policy: frame-ancestors 'none'";
  Exchange exchange;
  exchange.request.path = "/metrics";
  CHECK(has(head(exchange, text(200, "x")), kNoFrame));
  CHECK(has(head(exchange, text(200, "x")), "X-Frame-Options: DENY"));
  exchange.request.path = "/msa/ext/api/x";
  CHECK(has(head(exchange, text(401, "x")), kNone));
  exchange.request.path = "/api/v1/feeds";
  exchange.user_api = true;
  CHECK(has(head(exchange, text(200, "x")), kNone));
  CHECK(has(head(exchange, text(500, "x")), "X-Frame-Options: DENY"));

  const auto own = head(exchange, text(200, "x").header("Content-Security-Policy", "script-src 'none'"));
  CHECK(has(own, "Content-Security-Policy: script-src 'none'"));
  CHECK_FALSE(has(own, kNone));
  // A stored answer's policy would be replaced by that of the 304 (RFC 9111 section 3.2).
  Response unchanged;
  unchanged.status = 304;
  CHECK(head(exchange, unchanged).find("Content-Security-Policy") == std::string::npos);
}

TEST_CASE("A handler's own cache rule stays, pages have none of ours") {
  Exchange exchange;
  exchange.request.path = "/api/v1/x";
  exchange.user_api = true;
  const auto own = head(exchange, Response{}.header("cache-control", "private"));
  CHECK(has(own, "cache-control: private"));
  CHECK(own.find("no-store") == std::string::npos);
  exchange.user_api = false;
  exchange.request.path = "/index.html";
  CHECK(head(exchange, text(200, "x")).find("Cache-Control") == std::string::npos);
  exchange.request.path = "/msa/ext/api/x";
  CHECK(has(head(exchange, text(200, "x")), "Cache-Control: no-store"));
}

TEST_CASE("What an allowed origin is told, and what https adds") {
  Exchange exchange;
  exchange.fields.add("Origin", "https://a.example");
  exchange.user_api = true;
  exchange.cors = true;
  const auto written = head(exchange, Response{}, {.date = {}, .https = true});
  CHECK(has(written, "Access-Control-Allow-Origin: https://a.example"));
  CHECK(has(written, "Access-Control-Allow-Credentials: true"));
  CHECK(has(written, "Strict-Transport-Security: max-age=31536000"));
}

TEST_CASE("Answers without a body say no length, streams neither") {
  Exchange exchange;
  Response none;
  none.status = 304;
  CHECK(head(exchange, none).find("\r\nContent-") == std::string::npos);
  none.status = 204;
  CHECK(head(exchange, none).find("\r\nContent-") == std::string::npos);
  none.status = 200;
  CHECK(has(head(exchange, none), "Content-Length: 0"));

  Response streamed;
  streamed.content_type = "text/event-stream";
  streamed.stream = [](std::shared_ptr<Stream>) {};
  const auto chunked = head(exchange, streamed, {.date = {}, .framing = Framing::chunked, .close = true});
  CHECK(has(chunked, "Transfer-Encoding: chunked"));
  CHECK(has(chunked, "Content-Type: text/event-stream"));
  CHECK(has(chunked, "Connection: close"));
  CHECK(chunked.find("Content-Length") == std::string::npos);
  const auto plain = head(exchange, streamed, {.date = {}, .framing = Framing::until_close, .close = true});
  CHECK(plain.find("Transfer-Encoding") == std::string::npos);

  Response made;
  made.content_type = "application/zip";
  made.write_body = [](BodyWriter&) {};
  const auto open_end = head(exchange, made, {.date = {}, .framing = Framing::chunked, .close = true});
  CHECK(has(open_end, "Content-Type: application/zip"));
  CHECK(open_end.find("Content-Length") == std::string::npos);
}
