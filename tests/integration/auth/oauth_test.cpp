#include <catch2/catch.hpp>

#include "auth/audit/store.hpp"
#include "auth/clients/failure_limit.hpp"
#include "auth/keys/timeline.hpp"
#include "auth/tokens/issuer.hpp"
#include "dontgoback/security/jose/jwks.hpp"
#include "dontgoback/security/jose/jws.hpp"
#include "dontgoback/security/tokens/claims.hpp"
#include "oauth_world.hpp"

namespace dontgoback::auth {
namespace {

using namespace std::chrono_literals;
using http::Method;
using test::send;
using testing::member;
using testing::World;

TEST_CASE_METHOD(World, "a form gets the RFC's answer, by Basic and by the body") {
  for (const auto& answer :
       {ask(), post("token", "grant_type=client_credentials&client_id=app&client_secret=" + secret)}) {
    REQUIRE(answer.status == 200);
    CHECK(answer.content_type.starts_with("application/json"));
    CHECK(member(answer.body, "token_type") == "Bearer");
    CHECK(member(answer.body, "expires_in") == "300");
    CHECK(member(answer.body, "scope") == "asset:update report:read");
    const auto token = member(answer.body, "access_token");
    CHECK(token.size() < 1024);
    const auto jws = security::parse_jws(token).value();
    CHECK(jws.typ == "at+jwt");
    const auto read = security::read_claims(jws.payload).value();
    CHECK(read.claims.issuer == url);
    CHECK(read.claims.subject == "app");
    CHECK(read.claims.client_id == "app");
    CHECK(read.audience == std::vector<std::string>{"urn:dontgoback"});
    CHECK(read.claims.scopes == std::vector<std::string>{"asset:update", "report:read"});
    CHECK(read.claims.jti.size() == 22);
  }
}

TEST_CASE_METHOD(World, "id and secret of Basic are form-encoded first") {
  const auto strange = add("a:b+c%d", {});
  take_up();
  const auto answer = post("token", "grant_type=client_credentials", basic("a%3Ab%2Bc%25d", strange));
  CHECK(answer.status == 200);
  CHECK(answer.body.find("scope") == std::string::npos);  // none unless somebody gave it some
  CHECK(post("token", "grant_type=client_credentials", basic("a:b+c%d", strange)).status == 401);
}

TEST_CASE_METHOD(World, "how large a token can get is known before, and at most 1 KB is let through") {
  Client client;
  client.id = std::string(40, 'i');
  client.scopes = {std::string(20, 'a'), std::string(20, 'b')};
  client.audiences = {"https://" + std::string(30, 'h')};
  const auto largest = largest_token_of(client, url);
  CHECK(largest <= kLargestToken);
  const auto given = administration.add(client).value();
  take_up();
  const auto answer =
      post("token", "grant_type=client_credentials&resource=" + client.audiences[0], basic(client.id, given));
  REQUIRE(answer.status == 200);
  const auto size = member(answer.body, "access_token").size();
  CHECK(size < largest);
  CHECK(size + 100 > largest);  // all but the binding to a key
  client.scopes.emplace_back(400, 'c');
  CHECK(largest_token_of(client, url) > kLargestToken);
}

TEST_CASE_METHOD(World, "scope narrows, and never widens") {
  CHECK(member(ask("&scope=report%3Aread").body, "scope") == "report:read");
  CHECK(member(ask("&scope=").body, "scope") == "asset:update report:read");
  for (const auto* wrong : {"job%3Arun", "asset%3Aupdate+job%3Arun", "%22", "*", "%20"}) {
    const auto answer = ask(std::string("&scope=") + wrong);
    CHECK(answer.status == 400);
    CHECK(member(answer.body, "error") == "invalid_scope");
  }
}

TEST_CASE_METHOD(World, "resource chooses the audience among those the client may have") {
  const auto read = [&](const std::string& more) {
    return security::read_claims(security::parse_jws(token(more)).value().payload).value().audience;
  };
  CHECK(read("&resource=https%3A%2F%2Fapi.example") == std::vector<std::string>{"https://api.example"});
  CHECK(read("&resource=urn%3Adontgoback") == std::vector<std::string>{"urn:dontgoback"});
  for (const auto* wrong :
       {"https%3A%2F%2Fother.example", "x", "https%3A%2F%2Fapi.example&resource=urn%3Adontgoback"}) {
    const auto answer = ask(std::string("&resource=") + wrong);
    CHECK(answer.status == 400);
    CHECK(member(answer.body, "error") == "invalid_target");
  }
}

TEST_CASE_METHOD(World, "every mistake has its error") {
  const auto good = basic("app", secret);
  const auto error = [&](const std::string& body, const std::string& authorization, int status) {
    const auto answer = post("token", body, authorization);
    CAPTURE(body, authorization);
    CHECK(answer.status == status);
    CHECK_FALSE(member(answer.body, "error_description").empty());
    CHECK(answer.body.find(secret) == std::string::npos);
    return member(answer.body, "error");
  };
  CHECK(error("", good, 400) == "invalid_request");
  CHECK(error("grant_type=", good, 400) == "invalid_request");
  CHECK(error("grant_type=password", good, 400) == "unsupported_grant_type");
  CHECK(error("grant_type=client_credentials&grant_type=client_credentials", good, 400) == "invalid_request");
  CHECK(error("grant_type=client_credentials&x=%", good, 400) == "invalid_request");
  CHECK(error("grant_type=client_credentials", "", 400) == "invalid_client");
  CHECK(error("grant_type=client_credentials", basic("app", "wrong"), 401) == "invalid_client");
  CHECK(error("grant_type=client_credentials", basic("nobody", secret), 401) == "invalid_client");
  CHECK(error("grant_type=client_credentials", "Bearer x", 401) == "invalid_client");
  CHECK(error("grant_type=client_credentials", "Basic !", 401) == "invalid_client");
  CHECK(error("grant_type=client_credentials", "Basic " + security::base64_encode("no colon"), 401) ==
        "invalid_client");
  CHECK(error("grant_type=client_credentials&client_secret=" + secret, good, 400) == "invalid_request");
  CHECK(error("grant_type=client_credentials&client_secret=" + secret, "", 400) == "invalid_request");
  CHECK(error("grant_type=client_credentials&client_id=other", good, 400) == "invalid_request");
  CHECK(error("grant_type=client_credentials&client_assertion=x", "", 400) == "invalid_request");
  CHECK(error("grant_type=client_credentials&client_assertion=x", good, 400) == "invalid_request");
  CHECK(post("token", "grant_type=client_credentials&client_id=app", good).status == 200);
}

TEST_CASE_METHOD(World, "a client without scopes is told who gives it some") {
  secret = administration
               .add([] {
                 Client bare;
                 bare.id = bare.name = "bare";
                 return bare;
               }())
               .value();
  take_up();
  const auto answer = post("token", "grant_type=client_credentials&scope=asset%3Aupdate", basic("bare", secret));
  CHECK(answer.status == 400);
  CHECK(member(answer.body, "error") == "invalid_scope");
  const auto told = member(answer.body, "error_description");
  CHECK(told.find("given no scopes") != std::string::npos);
  CHECK(told.find("clients change") != std::string::npos);
  CHECK(post("token", "grant_type=client_credentials", basic("bare", secret)).status == 200);
}

TEST_CASE_METHOD(World, "a client that must prove a key gets no token without") {
  const auto bound = add("bound", {}, {}, true);
  take_up();
  const auto answer = post("token", "grant_type=client_credentials", basic("bound", bound));
  CHECK(answer.status == 400);
  CHECK(member(answer.body, "error") == "invalid_dpop_proof");
  const auto json =
      send(Method::post, url + "/msa/auth/api/token", R"({"clientId":"bound","clientSecret":")" + bound + "\"}",
           {{"Content-Type", "application/json"}});
  CHECK(json.status == 400);
  CHECK(member(post("token", "grant_type=client_credentials", basic("bound", bound), {{"DPoP", "x.y.z"}}).body,
               "error") == "invalid_dpop_proof");
}

TEST_CASE_METHOD(World, "a client introspects its own tokens, and all with the scope for it") {
  const auto text = token("&resource=https%3A%2F%2Fapi.example");
  const auto own = introspect(text, basic("app", secret));
  REQUIRE(own.status == 200);
  CHECK(member(own.body, "active") == "true");
  CHECK(member(own.body, "client_id") == "app");
  CHECK(member(own.body, "aud") == "https://api.example");
  CHECK(member(own.body, "scope") == "asset:update report:read");
  CHECK(member(own.body, "token_type") == "Bearer");
  CHECK(member(own.body, "jti").size() == 22);
  CHECK(member(introspect(text, basic("core", "s3cret")).body, "active") == "true");
  const auto stranger = add("stranger", {});
  take_up();
  CHECK(introspect(text, basic("stranger", stranger)).body == R"({"active":false})");
  CHECK(introspect(text, "").status == 400);
  CHECK(introspect(text, basic("app", "wrong")).status == 401);
  CHECK(post("introspect", "", basic("app", secret)).status == 400);
  for (const auto* rubbish : {"x", "a.b.c", "eyJhbGciOiJub25lIn0.e30."}) CHECK_FALSE(active(rubbish));
  clock.advance(5min);
  CHECK_FALSE(active(text));
}

TEST_CASE_METHOD(World, "a revoked token is active no more, and is on the deny-list until it has ended") {
  const auto text = token();
  const auto before = send(Method::get, url + "/msa/auth/api/deny-list");
  CHECK(active(text));
  CHECK(post("revoke", "token=" + text, basic("app", secret)).status == 200);
  CHECK_FALSE(active(text));
  CHECK(active(token()));
  const auto after = send(Method::get, url + "/msa/auth/api/deny-list");
  CHECK(after.etag != before.etag);
  const auto list = auth::DenySet::from_json(after.body);
  REQUIRE(list);
  CHECK(list->size() == 1);
  CHECK(list->denies(security::read_claims(security::parse_jws(text).value().payload).value().claims));
  CHECK(send(Method::get, url + "/msa/auth/api/deny-list", {}, {{"If-None-Match", after.etag}}).status == 304);
  CHECK(post("revoke", "token=" + text, basic("app", secret)).status == 200);  // again

  // It is kept for as long as any verifier may still take it, to the second, and no longer.
  clock.advance(kTokenLifetime + kLargestLeeway - 1s);
  REQUIRE(auth.node.host().scheduler.run_now("auth-keys"));
  take_up();
  CHECK(auth::DenySet::from_json(send(Method::get, url + "/msa/auth/api/deny-list").body)->size() == 1);
  clock.advance(2s);
  REQUIRE(auth.node.host().scheduler.run_now("auth-keys"));
  take_up();
  CHECK(auth::DenySet::from_json(send(Method::get, url + "/msa/auth/api/deny-list").body)->size() == 0);
}

TEST_CASE_METHOD(World, "nobody revokes another client's token; what is no token is revoked already") {
  const auto text = token();
  const auto answer = post("revoke", "token=" + text, basic("core", "s3cret"));
  CHECK(answer.status == 400);
  CHECK(member(answer.body, "error") == "unauthorized_client");
  CHECK(active(text));
  CHECK(post("revoke", "token=rubbish&token_type_hint=refresh_token", basic("app", secret)).status == 200);
  CHECK(post("revoke", "token=" + text, basic("app", "wrong")).status == 401);
  CHECK(post("revoke", "", basic("app", secret)).status == 400);
  CHECK(active(text));
}

TEST_CASE_METHOD(World, "a token that has ended here is taken back for verifiers that may still take it") {
  const auto text = token();
  clock.advance(kTokenLifetime + 64s);
  CHECK_FALSE(active(text));
  REQUIRE(post("revoke", "token=" + text, basic("app", secret)).status == 200);
  CHECK(auth.denied()->size() == 1);
}

TEST_CASE_METHOD(World, "a revocation outlives the process") {
  const auto text = token();
  REQUIRE(post("revoke", "token=" + text, basic("app", secret)).status == 200);
  test::AuthNode again(clock, data.path());
  security::Claims claims = security::read_claims(security::parse_jws(text).value().payload).value().claims;
  CHECK(again.denied()->denies(claims));
}

TEST_CASE_METHOD(World, "a disabled client gets no token, and those it has are refused; enabled it goes on") {
  const auto text = token();
  REQUIRE(administration.disable("app"));
  take_up();
  const auto answer = ask();
  CHECK(answer.status == 401);
  CHECK(member(answer.body, "error_description").find("disabled") != std::string::npos);
  const auto claims = security::read_claims(security::parse_jws(text).value().payload).value().claims;
  CHECK(auth.denied()->denies(claims));
  REQUIRE(administration.enable("app"));
  take_up();
  // In this second a token would be one of those taken back: none is given, rather than one that is dead.
  CHECK(ask().status == 503);
  const auto json =
      send(Method::post, url + "/msa/auth/api/token", R"({"clientId":"app","clientSecret":")" + secret + R"("})",
           {{"Content-Type", "application/json"}});
  CHECK(json.status == 503);
  clock.advance(1s);
  CHECK(active(token()));
  CHECK_FALSE(active(text));
}

TEST_CASE_METHOD(World, "a client added in the place of a removed one gets no token that is dead from the start") {
  const auto old = token();
  REQUIRE(administration.remove("app"));
  secret = add("app", {"asset:update"});
  take_up();
  CHECK(ask().status == 503);
  clock.advance(1s);
  CHECK(active(token()));
  CHECK_FALSE(active(old));
}

TEST_CASE_METHOD(World, "both secrets work during a rotation, and their uses are known") {
  const auto second = administration.rotate_secret("app").value();
  take_up();
  CHECK(ask().status == 200);
  CHECK(post("token", "grant_type=client_credentials", basic("app", second)).status == 200);
  REQUIRE(auth.node.host().scheduler.run_now("auth-last-uses"));
  REQUIRE(administration.finish_rotation("app"));
  take_up();
  CHECK(ask().status == 401);
  CHECK(post("token", "grant_type=client_credentials", basic("app", second)).status == 200);
}

TEST_CASE_METHOD(World, "failures are slowed down, and refusals are in the audit trail without what was sent") {
  for (int i = 0; i < FailureLimit::kFreeForClientAtAddress; ++i) {
    CHECK(post("token", "grant_type=client_credentials", basic("app", "guess")).status == 401);
  }
  const auto slowed = post("token", "grant_type=client_credentials", basic("app", "guess"));
  CHECK(slowed.status == 429);
  CHECK(member(slowed.body, "error") == "temporarily_unavailable");
  CHECK(ask().status == 429);  // the right secret is not looked at either
  const auto json = send(Method::post, url + "/msa/auth/api/token", R"({"clientId":"app","clientSecret":"guess"})",
                         {{"Content-Type", "application/json"}});
  CHECK(json.status == 429);
  CHECK(member(json.body, "resultCode") == "F-429");
  clock.advance(1s);
  CHECK(ask().status == 200);
  CHECK(post("token", "grant_type=client_credentials", basic("a-secret-in-the-wrong-field", "x")).status == 401);

  REQUIRE(auth.node.host().scheduler.run_now("auth-audit"));
  const auto entries = auth.node.host().database.read(
      [](storage::Connection& connection) { return list_entries(connection, 0, 100, ""); });
  std::int64_t refused = 0;
  for (const auto& entry : entries) {
    CHECK(entry.subject != "a-secret-in-the-wrong-field");
    CHECK(entry.actor.name != "a-secret-in-the-wrong-field");
    if (entry.action == "token" && entry.subject == "app") {
      refused += entry.times;
      CHECK(entry.actor.address == "127.0.0.1");
    }
  }
  CHECK(refused == FailureLimit::kFreeForClientAtAddress + 3);
}

TEST_CASE_METHOD(World, "a clock that is ahead at the start does not end the audit trail") {
  const auto rows = [this] {
    return auth.node.host()
        .database.read([](storage::Connection& connection) { return list_entries(connection, 0, 100, ""); })
        .size();
  };
  const auto prune = [this] { REQUIRE(auth.node.host().scheduler.run_now("auth-audit-prune")); };
  const auto written = rows();
  REQUIRE(written > 0);
  clock.jump(24h * 365);
  auth.node.trust.confirm(false);
  prune();
  clock.jump(-24h * 365);
  auth.node.trust.confirm();
  prune();
  CHECK(rows() == written);
  clock.advance(24h * 91);
  prune();
  CHECK(rows() == 0);
}

TEST_CASE_METHOD(World, "the metadata names what is there") {
  const auto answer = send(Method::get, url + "/.well-known/oauth-authorization-server");
  REQUIRE(answer.status == 200);
  CHECK(member(answer.body, "issuer") == url);
  for (const auto* name : {"token_endpoint", "revocation_endpoint", "introspection_endpoint"}) {
    CHECK(send(Method::post, member(answer.body, name), "").status != 404);
  }
  CHECK(send(Method::get, member(answer.body, "jwks_uri")).status == 200);
  CHECK(member(answer.body, "grant_types_supported") == R"(["client_credentials"])");
}

TEST_CASE_METHOD(World, "tokens go on being good while the keys rotate, in process and in the key set") {
  const auto old = token();
  const auto keys = auth.keys();
  const auto set = keys->current();
  auth.module.commands();
  for (auto& command : auth.module.commands()) {
    if (command.group != "keys" || command.name != "rotate") continue;
    std::ostringstream out;
    command.run({auth.node.host(), out, out, true});
    CHECK(out.str().find("next") != std::string::npos);
  }
  CHECK(keys->current() == set);
  take_up();
  CHECK(keys->current()->size() == 2);
  const auto second = keys->current();
  REQUIRE(administration.disable("app"));
  REQUIRE(administration.enable("app"));
  take_up();
  CHECK(keys->current() == second);  // the same pointer: verified tokens stay remembered
  clock.advance(kPublishedBefore);
  CHECK(security::parse_jws(token())->kid == second->back().kid());
  CHECK(security::parse_jws(old)->kid == second->front().kid());
}

}  // namespace
}  // namespace dontgoback::auth
