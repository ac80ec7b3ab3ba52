#include "resource_server/settings.hpp"

#include <catch2/catch.hpp>

#include "config/settings.hpp"
#include "unit/config/given.hpp"

namespace dontgoback::auth {
namespace {

/// What a module is told of the host's settings, and the problems it finds.
class Checks final : public config::Checks {
 public:
  Checks(const config::Settings& host, config::OptionSet& options, config::Problems& problems)
      : host_(host), options_(options), problems_(problems) {}
  const config::Node& node() const override { return host_.node; }
  void wrong(std::string_view option, std::string_view what) override {
    problems_.push_back(std::string(option) + ": " + std::string(what));
  }
  void warn(std::string_view) override {}
  bool is_set(std::string_view option) const override { return !options_.find(option.substr(2))->value().empty(); }
  std::optional<std::string> problem_of_url(std::string_view url) const override { return host_.problem_of_url(url); }
  bool looks_at_files() const override { return false; }
  void secret_file(std::string_view, const std::filesystem::path&) override {}
  void key_file(std::string_view, const std::filesystem::path&, std::string_view) override {}

 private:
  const config::Settings& host_;
  config::OptionSet& options_;
  config::Problems& problems_;
};

struct Judged {
  std::string issuer;
  std::string auth_url;
  Settings settings;
  config::Problems problems;
};

Judged judged(bool is_own, std::vector<const char*> arguments) {
  Judged result;
  config::Settings host{config::Environment{}};
  config::CommandLine line{"A test", "1"};
  host.declare(line.options(), {});
  result.settings.declare(line.options());
  config::Problems warnings;
  parse(line, std::move(arguments), {}, result.problems, warnings);
  host.resolve(line.options(), result.problems);
  Checks checks(host, line.options(), result.problems);
  result.settings.check(checks, is_own);
  result.issuer = result.settings.issuer(is_own);
  result.auth_url = result.settings.auth_url();
  return result;
}

std::string problem(std::vector<const char*> arguments) {
  const auto problems = judged(false, std::move(arguments)).problems;
  REQUIRE(problems.size() == 1);
  return problems[0];
}

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
  const auto problem_of = [](const char* issuer) { return judged(true, {"--issuer", issuer}).problems.at(0); };
  CHECK_THAT(problem_of("https://x#f"), Catch::Contains("fragment"));
  CHECK_THAT(problem_of("https://x?q"), Catch::Contains("query"));
  CHECK_THAT(problem_of("https://u:pw@x"), Catch::Contains("user or password"));
  CHECK_THAT(problem_of("a b"), Catch::Contains("blanks"));
  CHECK_THAT(problem_of("name"), Catch::Contains("https://HOST[:PORT][/PATH]"));
  CHECK_THAT(problem_of("http://x"), Catch::Contains("https") && Catch::Contains("--allow-insecure-http"));
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

TEST_CASE("what other nodes' clocks and deny-lists may be") {
  const auto defaults = judged(false, {}).settings;
  CHECK(defaults.leeway() == std::chrono::seconds(60));
  CHECK(defaults.deny_list_copy().interval == std::chrono::seconds(5));
  CHECK(defaults.deny_list_copy().max_age == std::chrono::seconds(0));
  const auto given = judged(false, {"--clock-leeway=0", "--deny-list-interval=300", "--deny-list-max-age=600"});
  CHECK(given.problems.empty());
  CHECK(given.settings.leeway() == std::chrono::seconds(0));
  CHECK(given.settings.deny_list_copy().interval == std::chrono::seconds(300));
  CHECK(given.settings.deny_list_copy().max_age == std::chrono::seconds(600));
  for (const auto* option : {"--clock-leeway=301", "--clock-leeway=-1", "--deny-list-interval=0",
                             "--deny-list-interval=301", "--deny-list-max-age=86401"}) {
    INFO(option);
    CHECK(problem({option}).find(std::string(option).substr(0, 10)) == 0);
  }
  CHECK(problem({"--deny-list-max-age=9"}).find("twice --deny-list-interval") != std::string::npos);
  CHECK(judged(false, {"--deny-list-max-age=10"}).problems.empty());
}

TEST_CASE("a name wants its secret, and a secret its name, but where tokens are signed") {
  CHECK_THAT(problem({"--client-id=core"}), Catch::Contains("--client-id: needs --client-secret-file"));
  CHECK_THAT(problem({"--client-secret-file=x"}), Catch::Contains("--client-secret-file: needs --client-id"));
  CHECK_THAT(problem({"--client-id=a b", "--client-secret-file=x"}), Catch::Contains("printable ASCII"));
  CHECK(judged(true, {"--client-id=core"}).problems.empty());
}

TEST_CASE("a token is expected to name the issuer, in its one form and as it was written") {
  config::Node node;
  node.own_url = "http://127.0.0.1:8091";
  const auto away = judged(false, {"--auth-url=https://Auth.Example/t/"}).settings.expectations(node, false);
  CHECK(away.issuer == "https://auth.example/t");
  CHECK(away.also_issuer == "https://Auth.Example/t/");
  const auto named = judged(false, {"--auth-url=https://a.example", "--issuer=https://B.example/"}).settings;
  CHECK(named.expectations(node, false).issuer == "https://b.example");
  CHECK(named.expectations(node, false).also_issuer == "https://B.example/");
  const auto own = judged(true, {}).settings.expectations(node, true);
  CHECK(own.issuer == node.own_url);
  CHECK(own.also_issuer.empty());
  CHECK(judged(true, {"--issuer=https://B.example/"}).settings.own_urls(node, true).back() == "https://b.example");
}

}  // namespace
}  // namespace dontgoback::auth
