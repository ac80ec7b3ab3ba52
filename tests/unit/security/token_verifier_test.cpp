#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/hmac.hpp"
#include "dontgoback/security/jose/signing_key.hpp"
#include "verifying_node.hpp"

using namespace dontgoback;
using namespace dontgoback::security;
using namespace dontgoback::test;
using namespace std::chrono_literals;
using Node = VerifyingNode;

TEST_CASE("a service's token is read") {
  const Node node;
  const TokenVerifier verifier(node.keys, node.expected, node.clock);
  const auto claims = verifier.verify(rsa_key().sign("at+jwt", node.claims()));
  REQUIRE(claims);
  CHECK((*claims)->issuer == "http://127.0.0.1:8091");
  CHECK((*claims)->subject == "core");
  CHECK((*claims)->client_id == "core");
  CHECK((*claims)->jti == "1");
  CHECK((*claims)->scopes == std::vector<std::string>{"asset:update", "asset:read"});
  CHECK((*claims)->issued_at.time_since_epoch().count() == node.now());
  CHECK((*claims)->expires_at.time_since_epoch().count() == node.now() + 300);
}

TEST_CASE("a session's token is read") {
  const Node node({ec_key()});
  const TokenVerifier verifier(node.keys, node.expected, node.clock);
  const auto claims = verifier.verify(ec_key().sign(
      "at+jwt", node.claims({{"client_id", ""}, {"scope", ""}, {"id", "42"}, {"sid", "7"}, {"role", R"("GUEST")"}})));
  REQUIRE(claims);
  CHECK((*claims)->id == 42);
  CHECK((*claims)->session == 7);
  CHECK((*claims)->role == "GUEST");
  CHECK((*claims)->scopes.empty());
}

TEST_CASE("an issuer may be expected in two spellings, and no third") {
  Node node;
  node.expected.also_issuer = "http://127.0.0.1:8091/";
  for (const auto& [iss, taken] : {std::pair{R"("http://127.0.0.1:8091")", true},
                                   {R"("http://127.0.0.1:8091/")", true},
                                   {R"("http://127.0.0.1:8091//")", false},
                                   {R"("")", false}}) {
    INFO(iss);
    CHECK(node.takes(rsa_key().sign("at+jwt", node.claims({{"iss", iss}}))) == taken);
  }
}

TEST_CASE("claims that are wrong are refused, whoever signed") {
  const Node node;
  const std::map<std::string, std::string> changes[] = {
      {{"iss", R"("http://127.0.0.1:8092")"}},
      {{"iss", R"("http://127.0.0.1:8091/")"}},
      {{"iss", ""}},
      {{"iss", "1"}},
      {{"sub", ""}},
      {{"sub", "1"}},
      {{"aud", ""}},
      {{"aud", R"("urn:other")"}},
      {{"aud", R"(["urn:other","urn:dontgobac"])"}},
      {{"aud", "[]"}},
      {{"aud", R"(["urn:dontgoback",1])"}},
      {{"aud", R"({"urn:dontgoback":1})"}},
      {{"exp", ""}},
      {{"exp", R"("4102444800")"}},
      {{"exp", "1e400"}},
      {{"exp", "253402300800"}},
      {{"exp", "1e300"}},
      {{"exp", "-0.5"}},
      {{"exp", "true"}},
      {{"exp", "9223372036854775807"}},
      {{"exp", "-1"}},
      {{"exp", std::to_string(node.now() - 60)}},
      {{"exp", std::to_string(node.now() - 60) + ".9"}},
      {{"iat", ""}},
      {{"iat", std::to_string(node.now() + 61)}},
      {{"nbf", std::to_string(node.now() + 61)}},
      {{"nbf", R"("0")"}},
      {{"scope", R"(["asset:update"])"}},
      {{"client_id", "1"}},
      {{"id", R"("42")"}},
      {{"sid", "1.5"}},
      {{"role", "1"}},
  };
  for (const auto& change : changes) {
    INFO(change.begin()->first << ": " << change.begin()->second);
    CHECK(!node.takes(rsa_key().sign("at+jwt", node.claims(change))));
  }
  for (const auto* payload : {"", "[]", "{}", "null", "{\"iss\":", "\xff"}) {
    CHECK(!node.takes(rsa_key().sign("at+jwt", payload)));
  }
  auto twice = node.claims();
  twice.insert(1, R"("aud":"urn:other",)");
  CHECK(!node.takes(rsa_key().sign("at+jwt", twice)));
}

TEST_CASE("claims at the edge of what is allowed are taken") {
  const Node node;
  const std::map<std::string, std::string> changes[] = {
      {{"aud", R"(["urn:other","urn:dontgoback"])"}},
      {{"exp", std::to_string(node.now() - 59)}},
      {{"exp", std::to_string(node.now() - 59) + ".0"}},
      {{"exp", "1e10"}},
      {{"exp", "253402300799.9"}},
      {{"iat", std::to_string(node.now() + 60) + ".9"}},
      {{"nbf", std::to_string(node.now() + 60) + ".9"}},
      {{"iat", std::to_string(node.now() + 60)}},
      {{"nbf", std::to_string(node.now() + 60)}},
      {{"scope", R"("")"}},
      {{"scope", R"("  a  b ")"}},
      {{"unknown", R"({"x":[1]})"}},
  };
  for (const auto& change : changes) {
    INFO(change.begin()->first << ": " << change.begin()->second);
    CHECK(node.takes(rsa_key().sign("at+jwt", node.claims(change))));
  }
}

TEST_CASE("fractions of a second are dropped") {
  const Node node;
  const TokenVerifier verifier(node.keys, node.expected, node.clock);
  const auto now = std::to_string(node.now());
  const auto claims = verifier.verify(
      rsa_key().sign("at+jwt", node.claims({{"iat", now + ".0625"}, {"exp", "19e8"}, {"nbf", now + ".999999999"}})));
  REQUIRE(claims);
  CHECK((*claims)->issued_at.time_since_epoch().count() == node.now());
  CHECK((*claims)->expires_at.time_since_epoch().count() == 1'900'000'000);
}

TEST_CASE("without leeway a token ends on the second") {
  Node node;
  node.expected.leeway = 0s;
  const auto token = rsa_key().sign("at+jwt", node.claims({{"exp", std::to_string(node.now() + 1)}}));
  CHECK(node.takes(token));
  node.clock.advance(999ms);
  CHECK(node.takes(token));
  node.clock.advance(1ms);
  CHECK(!node.takes(token));
}

TEST_CASE("a token of another purpose is refused") {
  const Node node;
  for (const auto* typ : {"", "JWT", "rt+jwt", "at+jwtx", "application/jwt", "application/", "text/at+jwt"}) {
    INFO(typ);
    CHECK(!node.takes(rsa_key().sign(typ, node.claims())));
  }
  for (const auto* typ : {"at+jwt", "AT+JWT", "application/at+jwt", "Application/At+Jwt"}) {
    INFO(typ);
    CHECK(node.takes(rsa_key().sign(typ, node.claims())));
  }
  CHECK(!node.takes(forge(rsa_key(), header(rsa_key(), ""), node.claims())));
}

TEST_CASE("attacks on the signature fail") {
  const Node node({rsa_key(), ec_key()});
  const auto token = rsa_key().sign("at+jwt", node.claims());
  REQUIRE(node.takes(token));
  const auto signature = token.substr(token.rfind('.') + 1);
  const auto payload = node.claims();

  SECTION("alg none, with and without the signature") {
    const auto none = R"({"alg":"none","typ":"at+jwt","kid":")" + rsa_key().kid() + "\"}";
    CHECK(!node.takes(assemble(none, payload, "")));
    CHECK(!node.takes(base64url_encode(none) + '.' + base64url_encode(payload) + '.' + signature));
  }
  SECTION("HMAC keyed with the public key") {
    const auto hs256 = R"({"alg":"HS256","typ":"at+jwt","kid":")" + rsa_key().kid() + "\"}";
    const auto input = base64url_encode(hs256) + '.' + base64url_encode(payload);
    for (const auto& secret : {rsa_key().public_der(), rsa_key().public_jwk(), base64_encode(rsa_key().public_der())}) {
      CHECK(!node.takes(input + '.' + base64url_encode(bytes(hmac_sha256(secret, input)))));
    }
  }
  SECTION("a key named for the other algorithm") {
    const auto rs256_with_ec = R"({"alg":"RS256","typ":"at+jwt","kid":")" + ec_key().kid() + "\"}";
    const auto es256_with_rsa = R"({"alg":"ES256","typ":"at+jwt","kid":")" + rsa_key().kid() + "\"}";
    CHECK(!node.takes(forge(rsa_key(), rs256_with_ec, payload)));
    CHECK(!node.takes(forge(rsa_key(), es256_with_rsa, payload)));
    CHECK(!node.takes(forge(ec_key(), rs256_with_ec, payload)));
  }
  SECTION("another key under a known name, or under its own") {
    CHECK(!node.takes(forge(other_rsa_key(), header(rsa_key(), R"(,"typ":"at+jwt")"), payload)));
    CHECK(!node.takes(other_rsa_key().sign("at+jwt", payload)));
  }
  SECTION("the key brought along") {
    CHECK(!node.takes(forge(other_rsa_key(),
                            R"({"alg":"RS256","typ":"at+jwt","jwk":)" + other_rsa_key().public_jwk() + '}', payload)));
    CHECK(!node.takes(forge(other_rsa_key(),
                            header(rsa_key(), R"(,"typ":"at+jwt","jwk":)" + other_rsa_key().public_jwk()), payload)));
  }
  SECTION("crit and duplicate members, properly signed") {
    REQUIRE(node.takes(forge(rsa_key(), header(rsa_key(), R"(,"typ":"at+jwt")"), payload)));
    CHECK(!node.takes(forge(rsa_key(), header(rsa_key(), R"(,"typ":"at+jwt","crit":["exp"])"), payload)));
    CHECK(!node.takes(forge(rsa_key(), header(rsa_key(), R"(,"typ":"JWT","typ":"at+jwt")"), payload)));
  }
  SECTION("any changed character, a cut or a longer token") {
    for (std::size_t at = 0; at < token.size(); at += 13) {
      auto changed = token;
      changed[at] = changed[at] == 'A' ? 'B' : 'A';
      if (changed != token) CHECK(!node.takes(changed));
      CHECK(!node.takes(token.substr(0, at)));
    }
    CHECK(!node.takes(token + "AA"));
    CHECK(!node.takes(token + " "));
    CHECK(!node.takes(" " + token));
    CHECK(!node.takes(token + "="));
    CHECK(!node.takes(token + std::string(8192, 'A')));
    CHECK(!node.takes(""));
  }
  SECTION("an ECDSA signature in OpenSSL's form, and of zeros") {
    const auto es256 = R"({"alg":"ES256","typ":"at+jwt","kid":")" + ec_key().kid() + "\"}";
    CHECK(node.takes(ec_key().sign("at+jwt", payload)));
    CHECK(!node.takes(forge(ec_key(), es256, payload)));
    CHECK(!node.takes(assemble(es256, payload, std::string(64, '\0'))));
  }
}

TEST_CASE("a token without a key's name is refused, unless a first-release server is expected") {
  Node node({ec_key(), rsa_key()});
  const std::map<std::string, std::string> bare{{"aud", ""}, {"scope", ""}, {"client_id", ""}, {"jti", ""}};
  const auto legacy = forge(rsa_key(), R"({"alg":"RS256"})", node.claims(bare));
  CHECK(!node.takes(legacy));
  CHECK(!node.takes(forge(rsa_key(), R"({"alg":"RS256","typ":"at+jwt"})", node.claims())));

  node.expected.accept_legacy = true;
  const auto claims = TokenVerifier(node.keys, node.expected, node.clock).verify(legacy);
  REQUIRE(claims);
  CHECK((*claims)->scopes == std::vector<std::string>{"*"});
  CHECK((*claims)->subject == "core");
  CHECK(node.takes(forge(rsa_key(), R"({"alg":"RS256","typ":"JWT"})", node.claims(bare))));
  CHECK(node.takes(rsa_key().sign("at+jwt", node.claims())));

  const auto signed_legacy = [&](std::map<std::string, std::string> changes) {
    changes.insert(bare.begin(), bare.end());
    return forge(rsa_key(), R"({"alg":"RS256"})", node.claims(changes));
  };
  CHECK(!node.takes(signed_legacy({{"exp", std::to_string(node.now() - 60)}})));
  CHECK(!node.takes(signed_legacy({{"iss", R"("http://elsewhere")"}})));
  CHECK(!node.takes(signed_legacy({{"aud", R"("urn:other")"}})));
  CHECK(!node.takes(forge(other_rsa_key(), R"({"alg":"RS256"})", node.claims(bare))));
  CHECK(!node.takes(forge(rsa_key(), R"({"alg":"RS256","typ":"rt+jwt"})", node.claims(bare))));
  CHECK(!node.takes(rsa_key().sign("JWT", node.claims(bare))));  // it names a key, so it is not of the first release
  CHECK(!node.takes(rsa_key().sign("at+jwt", node.claims(bare))));

  const auto limited =
      TokenVerifier(node.keys, node.expected, node.clock).verify(forge(rsa_key(), R"({"alg":"RS256"})", node.claims()));
  REQUIRE(limited);
  CHECK((*limited)->scopes == std::vector<std::string>{"asset:update", "asset:read"});
}

TEST_CASE("no token names all scopes at once") {
  Node node;
  const auto scopes = [&](const std::string& token) {
    const auto claims = TokenVerifier(node.keys, node.expected, node.clock).verify(token);
    REQUIRE(claims);
    return (*claims)->scopes;
  };
  const std::vector<std::string> named{"asset:read", "**"};
  CHECK(scopes(rsa_key().sign("at+jwt", node.claims({{"scope", R"("*")"}}))).empty());
  CHECK(scopes(rsa_key().sign("at+jwt", node.claims({{"scope", R"("* asset:read ** *")"}}))) == named);
  node.expected.accept_legacy = true;
  CHECK(scopes(rsa_key().sign("at+jwt", node.claims({{"scope", R"("*")"}}))).empty());
  CHECK(scopes(forge(rsa_key(), R"({"alg":"RS256"})", node.claims({{"scope", R"("*")"}}))).empty());
}

TEST_CASE("a refusal says why, with the measured skew and nothing of the token") {
  Node node;
  const TokenVerifier verifier(node.keys, node.expected, node.clock);
  const auto why = [&](std::string_view token) {
    TokenRefusal refusal;
    CHECK(!verifier.verify(token, &refusal));
    CHECK(refusal.why.find_first_of("\"\\") == std::string::npos);
    return refusal.why;
  };
  const auto of = [&](const std::map<std::string, std::string>& changes) {
    return why(rsa_key().sign("at+jwt", node.claims(changes)));
  };
  CHECK(of({{"exp", std::to_string(node.now() - 95)}}) == "the token ended 95 s ago (60 s are borne)");
  CHECK(of({{"iat", std::to_string(node.now() + 95)}}) == "iat is 95 s ahead of this server's clock (60 s are borne)");
  CHECK(of({{"nbf", std::to_string(node.now() + 61)}}) == "nbf is 61 s ahead of this server's clock (60 s are borne)");
  CHECK(of({{"iss", R"("evil")"}}) == "iss is not the issuer whose tokens are taken here");
  CHECK(of({{"aud", R"("evil")"}}) == "aud does not name this service");
  CHECK(of({{"sub", ""}}) == "iss, sub, exp or iat of the token is missing, or a claim has the wrong type");
  CHECK(why("evil") == "the token is no JWS signed with RS256 or ES256");
  CHECK(why(rsa_key().sign("evil", node.claims())) == "typ of the token is not at+jwt");
  CHECK(why(other_rsa_key().sign("at+jwt", node.claims())) == "the token is not signed with a key of its issuer");
  CHECK(why(forge(rsa_key(), R"({"alg":"RS256"})", node.claims())) == "the token does not name its key (kid)");
  const auto good = rsa_key().sign("at+jwt", node.claims());
  TokenRefusal untouched{"untouched"};
  CHECK(verifier.verify(good, &untouched));
  CHECK(untouched.why == "untouched");
  node.clock.advance(360s);
  CHECK(why(good) == "the token ended 60 s ago (60 s are borne)");
}
