#pragma once

#include <stdexcept>
#include <string>

#include "dontgoback/result.hpp"
#include "test_server.hpp"

namespace dontgoback::http::testing {

/// `Authorization: <word>` says what to find.
class Words final : public Authenticator {
 public:
  Result<Identity> authenticate(const Request& request) const override {
    const auto word = request.header("Authorization");
    Identity identity;
    if (word == "user" || word == "admin" || word == "guest") {
      identity.kind = Identity::Kind::account;
      identity.user = UserId{7};
      identity.role = word == "admin" ? Role::admin : word == "user" ? Role::user : Role::guest;
      return identity;
    }
    if (word == "service" || word == "all" || word == "dpop service") {
      identity.kind = Identity::Kind::service;
      identity.scopes = {word == "all" ? "*" : "asset:update"};
      return identity;
    }
    if (word == "throws") throw Unavailable("the session store is away", 7);
    if (word == "unread") throw Unavailable("the session store is away", Unavailable::Effect::not_read);
    if (word == "challenged") {
      throw Error(FailureKind::unauthenticated, {"다시", "Again."}).header("WWW-Authenticate", "Bearer error=\"x\"");
    }
    if (word == "away") return Failure{FailureKind::unavailable, {"잠시 후", "later"}};
    return Failure{FailureKind::unauthenticated, {"로그인이 필요합니다.", "Please sign in."}};
  }
};

struct Ruled : TestServer {
  Ruled() {
    settings.allowed_origins = {"https://web.example"};
    settings.trusted_proxies = {"10.0.0.0/8"};
    const auto handler = [](const Request& request) {
      return text(200, request.identity.is_account() ? "account" : "somebody");
    };
    const auto route = [&](Method method, std::string_view path, Access access, bool toggle = false) {
      routes.add({method, path, std::move(access), Lane::query, kNoBody, handler, toggle});
    };
    route(Method::get, "/api/open", Access::anyone());
    route(Method::post, "/api/open", Access::anyone());
    route(Method::put, "/page", Access::anyone());
    route(Method::get, "/api/toggle", Access::anyone(), true);
    route(Method::get, "/api/mine", Access::account(words));
    route(Method::post, "/api/mine", Access::account(words));
    route(Method::get, "/api/members", Access::account(words, Role::user));
    route(Method::get, "/api/if-any", Access::account_if_any(words));
    route(Method::post, "/msa/ext/api/update", Access::service(words, "asset:update"));
    route(Method::post, "/msa/ext/api/other", Access::service(words, "other"));
    route(Method::post, "/msa/core/api/job", Access::internal_service(words, "asset:update"));
    const auto fails = [](const Request& request) -> Response {
      const auto how = request.path_parameter("how");
      if (how == "conflict") throw Error(FailureKind::conflict, {"이미 있습니다.", "It is there already."});
      if (how == "rate") throw Error(FailureKind::rate_limited, {"너무 많습니다.", "Too many."});
      if (how == "away") throw Unavailable("secret cause", 3);
      if (how == "not-read") throw Unavailable("secret cause", Unavailable::Effect::not_read);
      if (how == "not-saved") throw Unavailable("secret cause", Unavailable::Effect::not_saved);
      if (how == "perhaps-saved") throw Unavailable("secret cause", Unavailable::Effect::perhaps_saved);
      if (how == "too-many") throw Unavailable("secret cause", Unavailable::Effect::too_many);
      if (how == "broken") throw std::runtime_error("secret cause");
      if (how == "strange") throw 42;
      if (how == "split") return Response{}.header("Location", "/x\r\nSet-Cookie: a=b");
      Response response;
      response.status = 99;
      return response;
    };
    add(Method::get, "/api/fails/{how}", Lane::command, kNoBody, fails);
    add(Method::post, "/api/fails/{how}", Lane::command, kNoBody, fails);
    start();
  }
  ~Ruled() { stop(); }
  Reply ask(std::string_view method, std::string_view path, std::string_view headers = {}) const {
    auto peer_here = peer();
    peer_here.send(request(method, path, headers));
    return peer_here.read(method == "HEAD");
  }

  Words words;
};

}  // namespace dontgoback::http::testing
