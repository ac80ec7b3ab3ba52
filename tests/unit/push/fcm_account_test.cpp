// Who we are to Google's servers, and the token that they give for it.
#include "push/fcm_account.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "dontgoback/json/writer.hpp"
#include "dontgoback/security/files/private_file.hpp"
#include "dontgoback/security/jose/jws.hpp"
#include "dontgoback/security/jose/public_key.hpp"
#include "push/access_tokens.hpp"
#include "support/temporary_directory.hpp"

using namespace dontgoback;
using namespace dontgoback::push;
using namespace std::chrono_literals;

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

std::string file_of(const Fields& fields) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  for (const auto& [name, value] : fields) writer.field(name, value);
  writer.end_object();
  return text;
}

Fields good(const security::SigningKey& key) {
  return {{"type", "service_account"},
          {"project_id", "firewalker-1"},
          {"private_key_id", "k1"},
          {"private_key", key.to_pem()},
          {"client_email", "push@firewalker-1.iam.gserviceaccount.com"},
          {"client_id", "1"},
          {"token_uri", "https://oauth2.googleapis.com/token"}};
}

}  // namespace

TEST_CASE("A service account asks for a token that may push, and nothing else, for an hour at most") {
  const test::TemporaryDirectory place;
  const auto key = security::SigningKey::generate(security::Algorithm::rs256);
  const auto file = place.path() / "account.json";
  security::create_private_file(file, file_of(good(key)));
  const auto account = read_fcm_account(file, "");
  CHECK(account.project == "firewalker-1");
  const auto token = account.assertion(time::Timestamp(1'700'000'000'900ms));
  const auto jws = security::parse_jws(token);
  REQUIRE(jws);
  CHECK(jws->kid == "k1");
  CHECK(security::PublicKey::from_jwk(key.public_jwk())->verify(jws->signing_input, jws->signature));
  CHECK(
      jws->payload ==
      R"({"iss":"push@firewalker-1.iam.gserviceaccount.com","scope":"https://www.googleapis.com/auth/firebase.messaging",)"
      R"("aud":"https://oauth2.googleapis.com/token","iat":1700000000,"exp":1700003300})");
}

TEST_CASE("Another file than a service account's is refused by name") {
  const test::TemporaryDirectory place;
  const auto key = security::SigningKey::generate(security::Algorithm::rs256);
  const auto with = [&](const std::string& name, const std::string& value) {
    auto fields = good(key);
    for (auto& each : fields) {
      if (each.first == name) each.second = value;
    }
    return file_of(fields);
  };
  const auto es256 = security::SigningKey::generate(security::Algorithm::es256).to_pem();
  const auto file = place.path() / "account.json";
  for (const auto& bad :
       {std::string("{}"), std::string("no JSON"), with("type", "authorized_user"), with("project_id", "a/b"),
        with("project_id", ""), with("private_key", "none"), with("private_key", es256),
        with("token_uri", "http://oauth2.example/token"), with("token_uri", "http://127.0.0.1:9/token")}) {
    INFO(bad);
    std::filesystem::remove(file);
    security::create_private_file(file, bad);
    CHECK_THROWS_WITH(read_fcm_account(file, ""), Catch::Contains(file.string()));
  }
  CHECK(read_fcm_account(file, "http://127.0.0.1:9").token_uri == "http://127.0.0.1:9/token");
}

TEST_CASE("The token endpoint's answer is a token, a moment's trouble, or the operator's") {
  using Kind = Answer::Kind;
  const auto granted = judge_grant(200, "", R"({"access_token":"ya29.a","expires_in":3599,"token_type":"Bearer"})");
  CHECK(granted.token == "ya29.a");
  CHECK(granted.lifetime == 3599s);
  for (const auto* bad : {"", "{}", R"({"access_token":"a","expires_in":0,"token_type":"Bearer"})",
                          R"({"access_token":"a b","expires_in":9,"token_type":"Bearer"})",
                          R"({"access_token":"a","expires_in":9,"token_type":"mac"})"}) {
    INFO(bad);
    CHECK(judge_grant(200, "", bad).token.empty());
    CHECK(judge_grant(200, "", bad).why.kind == Kind::later);
  }
  CHECK(judge_grant(503, "9", "").why.pause == 9s);
  CHECK(judge_grant(429, "", "").why.kind == Kind::later);
  for (const int status : {400, 401, 403, 404, 302}) {
    CHECK(judge_grant(status, "", R"({"error":"invalid_grant"})").why.kind == Kind::misconfigured);
  }
}
