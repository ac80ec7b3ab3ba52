#include <catch2/catch.hpp>

#include "config/settings.hpp"
#include "given.hpp"

using namespace dontgoback::config;

namespace {

struct Judged {
  std::string issuer;
  std::string auth_url;
  Problems problems;
};

Judged judged(bool is_own, std::vector<const char*> arguments) {
  Judged result;
  Settings settings{Environment{}};
  CommandLine line{"A test", "1"};
  settings.declare(line.options(), {});
  Problems warnings;
  parse(line, std::move(arguments), {}, result.problems, warnings);
  settings.resolve(line.options(), result.problems);
  settings.resolve_issuer(is_own, line.options(), result.problems);
  result.issuer = settings.node.issuer;
  result.auth_url = settings.node.auth_url;
  return result;
}

}  // namespace

TEST_CASE("an issuer is an https URL without query, fragment or user, on both sides") {
  for (const auto* issuer : {"not a url",
                             "dontgoback",
                             "https://",
                             "https://x#f",
                             "https://x/#",
                             "https://x?q=1",
                             "https://x/a?",
                             "https://user:pw@x",
                             "https://user@x/",
                             "http://x",
                             "http://10.0.0.1:8091",
                             "http://localhost.example",
                             "ftp://x",
                             "https:x",
                             "https:///a",
                             "https://x y",
                             " https://x",
                             "https://x ",
                             "https://x\n",
                             "https://x:0",
                             "https://x:70000",
                             "https://x:",
                             "https://한글.example",
                             "https://-x",
                             "https://x-.example",
                             "https://x..y",
                             "https://1.2.3.256",
                             "https://[::1",
                             "https://[x]",
                             "https://x/%",
                             "https://x/%g0",
                             "https://x/{a}",
                             "https://x_y"}) {
    for (const bool is_own : {true, false}) {
      CAPTURE(issuer, is_own);
      const auto problems = judged(is_own, {"--issuer", issuer}).problems;
      REQUIRE(problems.size() == 1);
      CHECK(problems[0].find("--issuer: must be") == 0);
      CHECK(problems[0].find("pw") == std::string::npos);
    }
  }
  const auto too_long = "https://x/" + std::string(250, 'a');
  CHECK(judged(true, {"--issuer", too_long.c_str()}).problems.size() == 1);
}

TEST_CASE("each says what it is") {
  const auto problem = [](const char* issuer) { return judged(true, {"--issuer", issuer}).problems.at(0); };
  CHECK_THAT(problem("https://x#f"), Catch::Contains("fragment"));
  CHECK_THAT(problem("https://x?q"), Catch::Contains("query"));
  CHECK_THAT(problem("https://u:pw@x"), Catch::Contains("user or password"));
  CHECK_THAT(problem("a b"), Catch::Contains("blanks"));
  CHECK_THAT(problem("name"), Catch::Contains("https://HOST[:PORT][/PATH]"));
  CHECK_THAT(problem("http://x"), Catch::Contains("https") && Catch::Contains("--allow-insecure-http"));
}

TEST_CASE("http is for this machine, or where it was allowed") {
  for (const auto* issuer : {"http://127.0.0.1:8091", "http://localhost:8091", "http://[::1]:8091"}) {
    CHECK(judged(true, {"--issuer", issuer}).problems.empty());
    CHECK(judged(false, {"--issuer", issuer}).problems.empty());
  }
  CHECK(judged(true, {"--issuer=http://auth.lan:8091", "--allow-insecure-http"}).problems.empty());
}

TEST_CASE("an issuer has one form, however it is written, and so has an auth URL") {
  for (const auto* issuer : {"https://a.example/t", "https://a.example/t/", "https://a.example/t//",
                             "https://A.Example/t", "HTTPS://a.example/t", "https://a.example:443/t/"}) {
    CAPTURE(issuer);
    CHECK(judged(true, {"--issuer", issuer}).issuer == "https://a.example/t");
    CHECK(judged(false, {"--issuer", issuer}).issuer == "https://a.example/t");
    CHECK(judged(false, {"--auth-url", issuer}).auth_url == "https://a.example/t");
  }
  CHECK(judged(true, {"--issuer=https://a/"}).issuer == "https://a");
  CHECK(judged(true, {"--issuer=http://[0:0::1]:80/"}).issuer == "http://[::1]");
}

TEST_CASE("a verifier of first-release tokens expects whatever they say, an auth node does not say it") {
  for (const auto* issuer : {"dontgoback", "http://auth:8091", "not a url", "https://A.example/"}) {
    CAPTURE(issuer);
    const auto verifier = judged(false, {"--issuer", issuer, "--accept-legacy-issuer"});
    CHECK(verifier.problems.empty());
    CHECK(verifier.issuer == issuer);
  }
  CHECK(judged(true, {"--issuer=dontgoback", "--accept-legacy-issuer"}).problems.size() == 1);
  CHECK(judged(false, {"--issuer=a\tb", "--accept-legacy-issuer"}).problems.size() == 1);
}
