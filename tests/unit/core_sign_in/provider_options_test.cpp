#include <algorithm>
#include <catch2/catch.hpp>

#include "core/sign_in/providers/options.hpp"

using namespace dontgoback::core::sign_in;

namespace {

/// What is wrong, `OPTION: WHAT` each.
std::vector<std::string> problems(const ProviderOptions& options) {
  std::vector<std::string> all;
  for (const auto& [option, what] : options.read().problems) all.push_back(std::string(option) + ": " + what);
  return all;
}

std::string only_problem(const ProviderOptions& options) {
  const auto all = problems(options);
  return all.size() == 1 ? all.front() : std::to_string(all.size()) + " problems";
}

ProviderOptions given(std::vector<std::string> providers, std::vector<std::string> clients) {
  ProviderOptions options;
  options.providers = std::move(providers);
  options.clients = std::move(clients);
  return options;
}

}  // namespace

TEST_CASE("With nothing given there are no providers") { CHECK(ProviderOptions().read().providers.empty()); }

TEST_CASE("What is known of a provider needs not be said") {
  auto options = given({"google", "kakao", "apple"}, {"google=web ios android", "kakao=k", "apple=net.example.web"});
  options.secret_files = {"google=/secrets/google"};
  options.keys = {"apple=TEAM KEY /secrets/with blank.p8"};
  const auto read = options.read();
  REQUIRE(read.problems.empty());
  REQUIRE(read.providers.size() == 3);
  const auto& google = read.providers[0];
  CHECK(google.issuer == "https://accounts.google.com");
  CHECK(google.also_issuers == std::vector<std::string>{"accounts.google.com"});
  CHECK(google.client_id == "web");
  CHECK(google.audiences() == std::vector<std::string>{"web", "ios", "android"});
  CHECK(google.scope == "openid email");
  CHECK(google.secret_file == "/secrets/google");
  const auto& kakao = read.providers[1];
  CHECK(kakao.issuer == "https://kauth.kakao.com");
  CHECK(kakao.name == "카카오");
  CHECK(kakao.scope == "openid");
  CHECK_FALSE(kakao.secret_file);
  const auto& apple = read.providers[2];
  CHECK(apple.issuer == "https://appleid.apple.com");
  CHECK(apple.scope.empty());
  CHECK_FALSE(apple.form_post);
  REQUIRE(apple.key);
  CHECK(apple.key->team == "TEAM");
  CHECK(apple.key->key_id == "KEY");
  CHECK(apple.key->file == "/secrets/with blank.p8");
}

TEST_CASE("Apple answers by a form where a scope is asked") {
  auto options = given({"apple"}, {"apple=web"});
  options.keys = {"apple=T K F"};
  options.scopes = {"apple=name email"};
  REQUIRE(problems(options).empty());
  CHECK(options.read().providers.front().form_post);
  options.scopes = {"apple="};
  CHECK_FALSE(options.read().providers.front().form_post);
}

TEST_CASE("Any issuer will do, as many as wanted, by any name") {
  auto options = given({"office=https://login.example/realm", "club=https://club.example"}, {"office=a", "club=b"});
  options.names = {"office=회사"};
  options.scopes = {"club=openid"};
  const auto read = options.read();
  REQUIRE(read.problems.empty());
  CHECK(read.providers[0].name == "회사");
  CHECK(read.providers[0].scope == "openid email");
  CHECK(read.providers[1].name == "club");
  CHECK(read.providers[1].scope == "openid");
  CHECK(read.providers[1].issuer == "https://club.example");
}

TEST_CASE("A known provider may be said to be elsewhere, where its other spelling is not taken") {
  const auto read = given({"google=https://stand-in.example"}, {"google=a"}).read();
  CHECK(read.providers.front().issuer == "https://stand-in.example");
  CHECK(read.providers.front().also_issuers.empty());
}

TEST_CASE("All that is wrong is said") {
  CHECK(only_problem(given({"office"}, {})) == "--sign-in-provider: 'office' is none that is known: give ID=ISSUER");
  CHECK(only_problem(given({"Office=https://a.example"}, {})).ends_with("'Office' is not 1 to 32 of a-z, 0-9 and -"));
  CHECK(only_problem(given({"office=nowhere"}, {})).ends_with("is no URL of at most 255 characters"));
  CHECK(only_problem(given({"google", "google"}, {"google=a"})) == "--sign-in-provider: 'google' is given twice");
  CHECK(only_problem(given({"google"}, {})) == "--sign-in-client: 'google' has none");
  CHECK(only_problem(given({"google"}, {"google=a", "google=b"})) == "--sign-in-client: 'google' is given twice");
  CHECK(only_problem(given({"google"}, {"google=a", "kakao=b"})) ==
        "--sign-in-client: 'kakao' is no --sign-in-provider");
  CHECK(only_problem(given({"google"}, {"google=a", "b"})) == "--sign-in-client: 'b' is not ID=…");
  CHECK(only_problem(given({"apple"}, {"apple=a"})) ==
        "--sign-in-key: 'apple' has none: its secret is signed with a key");
  auto options = given({"apple"}, {"apple=a"});
  options.keys = {"apple=T K"};
  CHECK(problems(options).front() == "--sign-in-key: 'apple' is not ID=TEAM KEY_ID FILE");
  options.keys = {"apple=T K F"};
  options.secret_files = {"apple=F"};
  CHECK(only_problem(options) == "--sign-in-key: 'apple' has a secret file already");
  options = given({"google"}, {"google=a"});
  options.names = {"google=" + std::string(41, 'a')};
  CHECK(only_problem(options) == "--sign-in-name: that of 'google' is not 1 to 40 characters");
}

TEST_CASE("Only Kakao takes an admin key") {
  auto options = given({"kakao", "google"}, {"kakao=k", "google=g"});
  options.admin_key_files = {"kakao=/secrets/admin"};
  CHECK(options.read().providers[0].admin_key_file == "/secrets/admin");
  CHECK(options.kept_files().size() == 1);
  options.admin_key_files = {"google=/secrets/admin"};
  CHECK(only_problem(options) == "--sign-in-admin-key-file: 'google' takes none: kakao does");
}
