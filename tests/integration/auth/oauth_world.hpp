#pragma once

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "auth/clients/administration.hpp"
#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/jose/signing_key.hpp"
#include "support/auth/auth_node.hpp"

namespace dontgoback::auth::testing {

using http::Method;
using test::send;

inline const security::SigningKey& client_key() {
  static const auto key = security::SigningKey::generate(security::Algorithm::es256);
  return key;
}

inline std::string member(const std::string& body, std::string_view name) {
  const auto document = json::parse(body);
  if (!document || !document->is_object()) return {};
  const auto* found = document->get_object().if_contains(name);
  if (found == nullptr) return {};
  return found->is_string() ? std::string(found->get_string()) : boost::json::serialize(*found);
}

/// An auth node, and a client of it called `app` that has a secret.
struct World {
  test::SetClock clock;
  test::TemporaryDirectory data;
  test::AuthNode auth{clock, data.path()};
  std::string url = auth.node.url();
  ClientAdministration administration{auth.node.host().database, clock, {"cli:tester", {}}};
  std::string secret = add("app", {"asset:update", "report:read"});

  World() { take_up(); }

  std::string add(std::string id, std::vector<std::string> scopes, std::string jwks = {}, bool dpop = false) {
    Client client;
    client.id = client.name = std::move(id);
    client.scopes = std::move(scopes);
    client.audiences = {"https://api.example"};
    client.jwks = std::move(jwks);
    client.dpop = dpop;
    return administration.add(client).value();
  }
  void take_up() { REQUIRE(auth.node.host().scheduler.run_now("auth-refresh")); }

  http::ClientResponse post(std::string_view path, std::string body, const std::string& authorization = {},
                            std::vector<std::pair<std::string, std::string>> headers = {}) {
    headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    if (!authorization.empty()) headers.emplace_back("Authorization", authorization);
    return send(Method::post, url + "/msa/auth/api/" + std::string(path), std::move(body), std::move(headers));
  }
  static std::string basic(const std::string& id, const std::string& secret) {
    return "Basic " + security::base64_encode(id + ':' + secret);
  }
  http::ClientResponse ask(const std::string& more = {}) {
    return post("token", "grant_type=client_credentials" + more, basic("app", secret));
  }
  std::string token(const std::string& more = {}) { return member(ask(more).body, "access_token"); }
  http::ClientResponse introspect(const std::string& token, const std::string& authorization) {
    return post("introspect", "token=" + token, authorization);
  }
  bool active(const std::string& token) {
    return member(introspect(token, basic("app", secret)).body, "active") == "true";
  }

  std::string assertion(std::string_view client, std::optional<std::chrono::seconds> issued, std::chrono::seconds ends,
                        const std::string& jti, std::string audience = {},
                        std::optional<std::chrono::seconds> not_before = {}) {
    const auto now = std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch();
    std::string claims;
    json::Writer writer(claims);
    writer.begin_object();
    writer.field("iss", client);
    writer.field("sub", client);
    writer.field("aud", audience.empty() ? url : audience);
    if (issued) writer.field("iat", static_cast<std::int64_t>((now + *issued).count()));
    if (not_before) writer.field("nbf", static_cast<std::int64_t>((now + *not_before).count()));
    writer.field("exp", static_cast<std::int64_t>((now + ends).count()));
    if (!jti.empty()) writer.field("jti", jti);
    writer.end_object();
    return client_key().sign("JWT", claims);
  }
  http::ClientResponse ask_with(const std::string& assertion, const std::string& more = {}) {
    return post(
        "token",
        "grant_type=client_credentials&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%"
        "3Ajwt-bearer&client_assertion=" +
            assertion + more);
  }
};

}  // namespace dontgoback::auth::testing
