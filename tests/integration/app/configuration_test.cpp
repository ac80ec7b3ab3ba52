#include <catch2/catch.hpp>
#include <fstream>

#include "program.hpp"

using namespace dontgoback::test;

namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a wrong configuration is 2 and names what is wrong") {
  const std::pair<Arguments, std::string> rows[] = {
      {{"--role=king"}, "--role: must be one of all, auth, core, extension"},
      {{"--modules=steps"}, "--modules: steps: must be among those of role all"},
      {{"--role=auth", "--modules=core"}, "--modules: core: must be among those of role auth"},
      {{"--listen=nowhere"}, "--listen: must be ADDRESS:PORT"},
      {{"--management-listen=localhost:1"}, "--management-listen: must be ADDRESS:PORT"},
      {{"--timezone=Mars/Olympus"}, "--timezone: "},
      {{"--trusted-proxy=10.0.0.0/33"}, "--trusted-proxy: "},
      {{"--internal-allow=everybody"}, "--internal-allow: "},
      {{"--database=oracle://x"}, "--database: "},
      {{"--redis=redis://localhost"}, "--redis: not available in this version"},
      {{"--role=core", "--auth-url=http://auth.example"}, "--auth-url: must be https"},
      {{"--role=extension"}, "--auth-url: must be given"},
      {{"--role=core", "--extension-url=https://x.example"}, "--extension-url: needs --auth-url, --client-id"},
      {{"--io-threads=0"}, "--io-threads: must be a whole number from 1 to 64"},
      {{"--max-connections=x"}, "--max-connections: must be a whole number"},
      {{"--log-level=chatty"}, "--log-level: must be one of debug, info, warn, error"},
      {{"--no-such-option"}, "--no-such-option: there is no such option"},
      {{"dance"}, "dance: there is no such command"},
      {{"--config=/nonexistent.toml"}, "/nonexistent.toml: cannot be read"},
  };
  for (const auto& [arguments, problem] : rows) {
    const auto ended = run(arguments);
    CAPTURE(arguments.back(), ended.err);
    CHECK(ended.code == 2);
    CHECK(ended.out.empty());
    CHECK(holds(ended.err, problem));
  }
}

TEST_CASE("all that is wrong is named at once, wherever it stands") {
  TemporaryDirectory directory;
  const auto file = (directory.path() / "bad.toml").string();
  std::ofstream(file) << "no-such-key = 1\nlisten = \"nowhere\"\ndaily-sigma = \"much\"\n";
  const auto ended = run({"--config=" + file, "--role=king", "--redis=x"}, {"DONTGOBACK_TIMEZONE=Mars/Olympus"});
  CAPTURE(ended.err);
  CHECK(ended.code == 2);
  for (const auto& problem :
       {file + ":1: no-such-key", file + ":2: listen", file + ":3: daily-sigma", std::string("--role: "),
        std::string("--redis: "), std::string("DONTGOBACK_TIMEZONE: ")}) {
    CHECK(holds(ended.err, problem));
  }
}

TEST_CASE("what a module cannot work with is 2 as well") {
  TemporaryDirectory directory;
  const Arguments node{"--listen=127.0.0.1:0", "--data-dir=" + directory.path().string()};
  for (const Arguments& wrong : {Arguments{"--daily-sigma=-1"}, Arguments{"--auth-client=name=/nonexistent"},
                                 Arguments{"--daily-min-percent=5", "--daily-max-percent=1"}}) {
    auto arguments = node;
    arguments.insert(arguments.end(), wrong.begin(), wrong.end());
    const auto ended = run(arguments);
    CAPTURE(wrong.front(), ended.err);
    CHECK(ended.code == 2);
    CHECK(ended.out.empty());
    CHECK(holds(ended.err, wrong.front().substr(0, wrong.front().find('='))));
  }
}

TEST_CASE("the examples are good configurations") {
  for (const std::string role : {"all", "auth", "core", "extension"}) {
    const auto ended = run({"config", "check", "--config=" DONTGOBACK_CONFIG_DIR "/" + role + ".toml", "--json"});
    CAPTURE(role, ended.err);
    CHECK(ended.code == 0);
    CHECK(ended.err.empty());
    CHECK(holds(ended.out, R"({"option":"role","value":")" + role + R"(","from":")" DONTGOBACK_CONFIG_DIR));
    // What the unit's StateDirectory is: a command in a shell must work where the server does.
    CHECK(holds(ended.out, R"({"option":"data-dir","value":"/var/lib/dontgoback-)" + role + '"'));
  }
}

TEST_CASE("config check tells values and where they came from") {
  const auto ended = run({"config", "check", "--timezone=Europe/Lisbon"},
                         {"DONTGOBACK_WEB_ORIGIN=http://a,http://b", "STATE_DIRECTORY=/var/lib/x"});
  CHECK(ended.code == 0);
  const auto line_of = [&](const std::string& option) {
    const auto from = ended.out.find("\n" + option + " ");
    REQUIRE(from != std::string::npos);
    return ended.out.substr(from + 1, ended.out.find('\n', from + 1) - from - 1);
  };
  CHECK_THAT(line_of("timezone"), Catch::Matches("timezone +Europe/Lisbon +flag"));
  CHECK_THAT(line_of("web-origin"), Catch::Matches("web-origin +http://a,http://b +DONTGOBACK_WEB_ORIGIN"));
  CHECK_THAT(line_of("database"), Catch::Matches("database +sqlite:/var/lib/x/dontgoback.db +default"));
  CHECK_THAT(line_of("management-listen"), Catch::Matches("management-listen +127.0.0.1:9090 +default"));
}

TEST_CASE("help and version") {
  const auto help = run({"--help"});
  CHECK(help.code == 0);
  CHECK(holds(help.out, "--data-dir"));
  const auto version = run({"--version"});
  CHECK(version.code == 0);
  CHECK(holds(version.out, "dontgoback "));
}
