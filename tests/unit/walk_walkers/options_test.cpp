#include <catch2/catch.hpp>

#include "walkers/provider_options.hpp"

using namespace dontgoback;
using namespace dontgoback::walk::walkers;

namespace {

ReadProviders read(std::vector<std::string> sign_in, std::vector<std::string> without_nonce = {}) {
  ProviderOptions options;
  options.sign_in = std::move(sign_in);
  options.without_nonce = std::move(without_nonce);
  return options.read();
}

}  // namespace

TEST_CASE("A provider is named with the client ids of its apps, and its issuer where that is not known") {
  const auto all =
      read({"kakao 123 456", "apple app.walk", "google a.apps", "office=https://id.office.test  x"}, {"kakao"});
  CHECK(all.problems.empty());
  REQUIRE(all.providers.size() == 4);
  CHECK(all.providers[0].issuer == "https://kauth.kakao.com");
  CHECK(all.providers[0].client_ids == std::vector<std::string>{"123", "456"});
  CHECK(all.providers[0].takes_no_nonce);
  CHECK(all.providers[1].issuer == "https://appleid.apple.com");
  CHECK(!all.providers[1].takes_no_nonce);
  CHECK(all.providers[2].also_issuers == std::vector<std::string>{"accounts.google.com"});
  CHECK(all.providers[3].issuer == "https://id.office.test");
  CHECK(all.providers[3].client_ids == std::vector<std::string>{"x"});
}

TEST_CASE("What is wrong with a provider is said") {
  const auto sample = GENERATE(std::pair("Kakao 1", "is not 1 to 32"), std::pair("kakao", "no client id"),
                               std::pair("office 1", "none that is known"), std::pair("office=ftp://x 1", "no URL"),
                               std::pair("kakao 클라이언트", "not ASCII"), std::pair("", "is not 1 to 32"));
  const auto all = read({sample.first});
  REQUIRE(all.problems.size() == 1);
  CHECK(all.problems.front().what.find(sample.second) != std::string::npos);
  CHECK(all.providers.empty());
  CHECK(read({"kakao 1", "kakao 2"}).problems.size() == 1);
  CHECK(read({}, {"kakao"}).problems.size() == 1);
}
