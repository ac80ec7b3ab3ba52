#include <catch2/catch.hpp>

#include "test_server.hpp"

namespace dontgoback::http::testing {
namespace {

Response in_own_words(const Request&, int status, const Message& message) {
  return text(status, "ours: " + std::string(message.en));
}

/// One path that words its failures itself and is open to a page, and one of the ordinary kind.
struct OwnWords : TestServer {
  OwnWords() {
    const auto failing = [](const Request& request) -> Response {
      if (request.body == "throw") throw Error(FailureKind::conflict, {"아니요", "no"});
      if (request.body == "away") throw Unavailable("secret cause");
      throw std::runtime_error("secret cause");
    };
    routes.add({.method = Method::post,
                .path = "/msa/own",
                .access = Access::anyone(),
                .lane = Lane::inline_,
                .body_limit = 8,
                .handler = failing,
                .failure_form = in_own_words,
                .page_origins = {"https://page.example"}});
    add(Method::post, "/msa/plain", Lane::inline_, 8, failing);
    start();
  }
  Reply ask(std::string_view method, std::string_view path, std::string_view fields = {}, std::string_view body = {}) {
    return peer().ask(request(method, path, fields, body));
  }
};

TEST_CASE_METHOD(OwnWords, "what fails at a path with a form of its own is worded in it, the host's failures too") {
  const auto is_own = [](const Reply& reply) { return reply.body.starts_with("ours: "); };
  for (const auto& [method, body, status] :
       std::initializer_list<std::tuple<const char*, const char*, int>>{{"POST", "throw", 409},
                                                                        {"POST", "away", 503},
                                                                        {"POST", "break", 500},
                                                                        {"POST", "too large", 413},
                                                                        {"DELETE", "", 405},
                                                                        {"BREW", "", 405}}) {
    CAPTURE(method, body);
    const auto own = ask(method, "/msa/own", {}, body);
    CHECK(own.status == status);
    CHECK(is_own(own));
    CHECK(own.body.find("secret") == std::string::npos);
    const auto plain = ask(method, "/msa/plain", {}, body);
    CHECK(plain.status == status);
    CHECK_FALSE(is_own(plain));
    CHECK(own.header("allow") == plain.header("allow"));
    CHECK(own.header("retry-after") == plain.header("retry-after"));
  }
  CHECK_FALSE(is_own(ask("GET", "/msa/nowhere")));
}

TEST_CASE_METHOD(OwnWords, "a path is open to the pages that its routes name, without cookies, whatever the answer") {
  const std::string theirs = "Origin: https://page.example\r\n";
  const std::string wants = "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: dpop\r\n";
  const auto preflight = ask("OPTIONS", "/msa/own", theirs + wants);
  CHECK(preflight.status == 204);
  CHECK(preflight.header("access-control-allow-origin") == "https://page.example");
  CHECK(preflight.header("access-control-allow-methods") == "POST, OPTIONS");
  CHECK(preflight.header("access-control-allow-headers").find("DPoP") != std::string::npos);
  for (const auto* body : {"throw", "too large"}) {
    const auto reply = ask("POST", "/msa/own", theirs, body);
    CHECK(reply.header("access-control-allow-origin") == "https://page.example");
    CHECK(reply.header("access-control-expose-headers").find("DPoP-Nonce") != std::string::npos);
    CHECK(reply.header("access-control-allow-credentials").empty());
    CHECK(reply.header("vary") == "Origin");
  }
  for (const std::string other : {"Origin: https://page.example.evil\r\n", "Origin: null\r\n", ""}) {
    const auto reply = ask("POST", "/msa/own", other, "throw");
    CHECK(reply.header("access-control-allow-origin").empty());
    CHECK(reply.header("vary") == "Origin");  // a cache must not give it to a page that may have it
    CHECK(ask("OPTIONS", "/msa/own", other + wants).header("access-control-allow-methods").empty());
  }
  CHECK(ask("POST", "/msa/plain", theirs, "throw").header("vary").empty());
  CHECK(ask("POST", "/msa/plain", theirs, "throw").header("access-control-allow-origin").empty());
}

}  // namespace
}  // namespace dontgoback::http::testing
