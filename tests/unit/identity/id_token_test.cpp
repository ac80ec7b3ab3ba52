#include "dontgoback/identity/id_token.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/hex.hpp"

namespace dontgoback::identity {
namespace {

constexpr std::int64_t kNow = 1'800'000'000;

using Claims = std::map<std::string, std::string>;

/// The claims of a good token with these changed; an empty value takes one out.
std::string claims(const Claims& changes = {}) {
  Claims all{{"iss", R"("https://issuer.test")"},
             {"sub", R"("1234")"},
             {"aud", R"("web")"},
             {"iat", std::to_string(kNow)},
             {"exp", std::to_string(kNow + 300)},
             {"nonce", R"("n-0S6_WzA2Mj")"}};
  for (const auto& [name, value] : changes) all[name] = value;
  std::string text;
  for (const auto& [name, value] : all) {
    if (!value.empty()) text += (text.empty() ? "{\"" : ",\"") + name + "\":" + value;
  }
  return text + '}';
}

const IdTokenRules kRules{.issuers = {"https://issuer.test", "issuer.test"},
                          .audiences = {"web", "service"},
                          .parties = {"phone"},
                          .leeway = std::chrono::seconds(60)};

IdTokenReading read(const Claims& changes = {}, const std::optional<Nonce>& nonce = Nonce{"n-0S6_WzA2Mj"}) {
  return read_id_token(claims(changes), kRules, nonce, time::Timestamp(std::chrono::seconds(kNow)));
}

TEST_CASE("an ID token tells who somebody is") {
  const auto token = read({{"email", R"("a@b.test")"}, {"email_verified", "true"}, {"name", R"("Kim")"}}).token;
  REQUIRE(token);
  CHECK(token->issuer == "https://issuer.test");
  CHECK(token->subject == "1234");
  CHECK(token->client_id == "web");
  CHECK(token->email == "a@b.test");
  CHECK(token->email_verified);
  CHECK(token->name == "Kim");
  CHECK(token->expires_at == std::chrono::sys_seconds(std::chrono::seconds(kNow + 300)));
  CHECK(token->claims.find("email_verified") != std::string::npos);
}

TEST_CASE("what is not told is empty, and a verified address may be a text") {
  const auto token = read().token;
  REQUIRE(token);
  CHECK((token->email.empty() && token->name.empty() && !token->email_verified));
  CHECK(read({{"email_verified", R"("true")"}}).token->email_verified);
  CHECK(!read({{"email_verified", R"("false")"}}).token->email_verified);
}

TEST_CASE("several spellings of an issuer, several audiences and other parties are taken when they are ours") {
  const Claims rows[] = {
      {{"iss", R"("issuer.test")"}},
      {{"aud", R"(["web"])"}},
      {{"aud", R"(["web","service"])"}, {"azp", R"("web")"}},
      {{"aud", R"("service")"}, {"azp", R"("phone")"}},
      {{"azp", R"("web")"}},
      {{"iat", std::to_string(kNow + 60)}},
      {{"exp", std::to_string(kNow - 59)}},
      {{"nbf", std::to_string(kNow + 60)}},
      {{"unknown", "[1]"}},
  };
  for (const auto& row : rows) {
    INFO(claims(row));
    CHECK(read(row).why.empty());
    CHECK(read(row).token);
  }
  CHECK(read({{"aud", R"(["web","service"])"}, {"azp", R"("service")"}}).token->client_id == "service");
}

TEST_CASE("a claim that is wrong is named, and nothing of it is said") {
  const std::pair<Claims, std::string> rows[] = {
      {{{"iss", R"("https://evil.test")"}}, "iss"},
      {{{"iss", R"("https://issuer.test/")"}}, "iss"},
      {{{"iss", R"("HTTPS://issuer.test")"}}, "iss"},
      {{{"iss", ""}}, "iss"},
      {{{"sub", R"("")"}}, "sub"},
      {{{"sub", '"' + std::string(256, 'a') + '"'}}, "sub"},
      {{{"sub", R"("evil\n")"}}, "sub"},
      {{{"sub", "1234"}}, "sub"},
      {{{"aud", R"("evil")"}}, "aud"},
      {{{"aud", R"(["web","evil"])"}, {"azp", R"("web")"}}, "aud"},
      {{{"aud", "[]"}}, "aud"},
      {{{"aud", ""}}, "aud"},
      {{{"aud", R"(["web","service"])"}}, "azp"},
      {{{"azp", R"("evil")"}}, "azp"},
      {{{"aud", R"("phone")"}}, "aud"},
      {{{"exp", std::to_string(kNow - 60)}}, "ended 60 s ago"},
      {{{"exp", ""}}, "exp"},
      {{{"exp", R"("evil")"}}, "exp"},
      {{{"iat", std::to_string(kNow + 61)}}, "iat is 61 s ahead"},
      {{{"iat", ""}}, "iat"},
      {{{"nbf", std::to_string(kNow + 61)}}, "nbf is 61 s ahead"},
      {{{"nonce", R"("evil")"}}, "nonce"},
      {{{"nonce", ""}}, "nonce"},
      {{{"nonce", "1"}}, "wrong type"},
  };
  for (const auto& [row, named] : rows) {
    INFO(claims(row));
    const auto reading = read(row);
    CHECK(!reading.token);
    CHECK(reading.why.find(named) != std::string::npos);
    CHECK(reading.why.find("evil") == std::string::npos);
  }
  for (const auto* text : {"", "[]", "{}", "evil"}) {
    CHECK(!read_id_token(text, kRules, {}, time::Timestamp(std::chrono::seconds(kNow))).token);
  }
}

TEST_CASE("a nonce is the one given out, or its SHA-256 where that is the form") {
  using Form = Nonce::Form;
  const std::string given = "n-0S6_WzA2Mj";
  const auto hashed = '"' + security::hex(security::bytes(security::sha256(given))) + '"';
  const auto good = [](const std::string& nonce, Form form) {
    return read({{"nonce", nonce}}, Nonce{"n-0S6_WzA2Mj", form}).token.has_value();
  };
  CHECK((good('"' + given + '"', Form::plain) && good('"' + given + '"', Form::either)));
  CHECK((good(hashed, Form::sha256) && good(hashed, Form::either)));
  CHECK(!good('"' + given + '"', Form::sha256));
  CHECK(!good(hashed, Form::plain));
  CHECK(read({{"nonce", R"("another")"}}, std::nullopt).token);
}

}  // namespace
}  // namespace dontgoback::identity
