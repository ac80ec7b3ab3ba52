#include "auth/endpoints/form.hpp"

#include <catch2/catch.hpp>

#include "auth/clients/client.hpp"
#include "auth/endpoints/metadata.hpp"
#include "auth/endpoints/refusal.hpp"

namespace dontgoback::auth {
namespace {

std::string error_of(std::string_view body) {
  try {
    const Form form(body);
    return "";
  } catch (const Refusal& refusal) {
    return std::string(refusal.error());
  }
}

TEST_CASE("a form's values are decoded, and empty ones count as absent") {
  const Form form("grant_type=client_credentials&scope=a+b%3Ac&client_id=&unknown=1");
  CHECK(form.find("grant_type") == "client_credentials");
  CHECK(form.find("scope") == "a b:c");
  CHECK_FALSE(form.find("client_id"));
  CHECK_FALSE(form.find("client_secret"));
  CHECK_THROWS_AS(form.needed("client_id"), Refusal);
  CHECK_NOTHROW(Form(""));
  CHECK_NOTHROW(Form("&&a=1&"));
}

TEST_CASE("a parameter may be there once") {
  CHECK(error_of("scope=a&scope=b") == "invalid_request");
  CHECK(error_of("scope=a&scope=") == "");  // one without a value is not there
  CHECK(error_of("sc%6Fpe=a&scope=b") == "invalid_request");
  CHECK(error_of("resource=urn:a&resource=urn:b") == "invalid_target");
}

TEST_CASE("a form has a bounded number of parameters") {
  std::string body;
  for (int i = 0; i < 64; ++i) body += "p" + std::to_string(i) + "=x&";
  CHECK(error_of(body) == "");
  CHECK(error_of(body + "one=more") == "invalid_request");
}

TEST_CASE("what is no form is refused") {
  for (const std::string_view body : {"a=%", "a=%4", "a=%zz", "a=%ff", "%c0%80=1", "a=%00"}) {
    CAPTURE(body);
    CHECK(error_of(body) == "invalid_request");
  }
}

TEST_CASE("scopes, audiences and ids keep to their characters") {
  CHECK(is_scope("asset:update"));
  CHECK_FALSE(is_scope(""));
  CHECK_FALSE(is_scope("a b"));
  CHECK_FALSE(is_scope("a\"b"));
  CHECK_FALSE(is_scope("a\\b"));
  CHECK_FALSE(is_scope("\xc3\xa9"));
  CHECK(is_audience("urn:dontgoback"));
  CHECK(is_audience("https://api.example/v1"));
  for (const std::string_view wrong : {"", "api", ":x", "https:", "https://a#b", "https://a b", "1a:b", "a_b:c"}) {
    CAPTURE(wrong);
    CHECK_FALSE(is_audience(wrong));
  }
  CHECK(is_client_id("a:b+c%d"));
  CHECK_FALSE(is_client_id("a b"));
  CHECK(words_of("  a b  a c ") == std::vector<std::string>{"a", "b", "c"});
  CHECK(joined({"a", "b"}) == "a b");
}

TEST_CASE("the metadata lies where RFC 8414 section 3.1 has it") {
  CHECK(metadata_path("https://auth.example") == "/.well-known/oauth-authorization-server");
  CHECK(metadata_path("https://auth.example/") == "/.well-known/oauth-authorization-server");
  CHECK(metadata_path("https://auth.example/issuer1") == "/.well-known/oauth-authorization-server/issuer1");
  CHECK(metadata_path("a name") == "/.well-known/oauth-authorization-server");
}

}  // namespace
}  // namespace dontgoback::auth
