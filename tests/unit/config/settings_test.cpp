#include "config/settings.hpp"

#include <catch2/catch.hpp>

#include "given.hpp"

using namespace dontgoback::config;

namespace {

struct Resolved {
  Settings settings;
  Problems problems;

  explicit Resolved(std::vector<const char*> arguments, const Environment& environment = {}) : settings(environment) {
    CommandLine line{"A test", "1"};
    settings.declare(line.options(), {{"auth", 8091}, {"core", 8090}, {"extension", 8092}});
    Problems warnings;
    parse(line, std::move(arguments), environment, problems, warnings);
    settings.resolve(line.options(), problems);
  }
};

std::string problem(std::vector<const char*> arguments) {
  const auto problems = Resolved(std::move(arguments)).problems;
  REQUIRE(problems.size() == 1);
  return problems[0];
}

}  // namespace

TEST_CASE("ports follow the role") {
  struct Row {
    const char* role;
    const char* listen;
    const char* management;
  };
  for (const auto& row :
       {Row{"--role=all", "127.0.0.1:8090", "127.0.0.1:9090"}, Row{"--role=auth", "127.0.0.1:8091", "127.0.0.1:9091"},
        Row{"--role=core", "127.0.0.1:8090", "127.0.0.1:9090"},
        Row{"--role=extension", "127.0.0.1:8092", "127.0.0.1:9092"}}) {
    const Resolved resolved({row.role});
    CHECK(resolved.problems.empty());
    CHECK(resolved.settings.listen == row.listen);
    CHECK(resolved.settings.management_listen == row.management);
  }
}

TEST_CASE("the management port follows the port") {
  CHECK(Resolved({"--listen=0.0.0.0:80"}).settings.management_listen == "127.0.0.1:1080");
  CHECK(Resolved({"--listen=[::1]:0"}).settings.management_listen == "127.0.0.1:0");
  CHECK(Resolved({"--listen=[::1]:1", "--management-listen=[::1]:2"}).settings.management_listen == "[::1]:2");
  CHECK(problem({"--listen=127.0.0.1:65000"}).find("--management-listen") == 0);
  for (const auto& [listen, management] : {std::pair{"127.0.0.1:80", "127.0.0.1:80"},
                                           {"0.0.0.0:80", "127.0.0.1:80"},
                                           {"127.0.0.1:80", "0.0.0.0:80"},
                                           {"[::1]:80", "[0:0::1]:80"},
                                           {"[::]:80", "[::1]:80"},
                                           {"[::]:80", "127.0.0.1:80"},
                                           {"0.0.0.0:80", "[::]:80"},
                                           {"[::ffff:127.0.0.1]:80", "127.0.0.1:80"}}) {
    CAPTURE(listen, management);
    const auto found = problem({"--listen", listen, "--management-listen", management});
    CHECK(found.find("--management-listen: ") == 0);
    CHECK(found.find("must differ from --listen") != std::string::npos);
  }
  for (const auto& [listen, management] : {std::pair{"127.0.0.1:0", "127.0.0.1:0"},
                                           {"127.0.0.1:80", "127.0.0.2:80"},
                                           {"[::1]:80", "127.0.0.1:80"},
                                           {"[::1]:80", "0.0.0.0:80"},
                                           {"0.0.0.0:80", "127.0.0.1:81"}}) {
    CAPTURE(listen, management);
    CHECK(Resolved({"--listen", listen, "--management-listen", management}).problems.empty());
  }
}

TEST_CASE("addresses that are none") {
  for (const auto* listen : {"--listen=8090", "--listen=localhost:8090", "--listen=::1:80", "--listen=127.0.0.1:65536",
                             "--listen=127.0.0.1:", "--listen=[127.0.0.1]:80", "--listen=127.0.0.1:80x"}) {
    CAPTURE(listen);
    CHECK(problem({listen}).find("--listen: must be ADDRESS:PORT") == 0);
  }
}

TEST_CASE("the data directory") {
  CHECK(Resolved({}).settings.node.data_dir == "./var");
  CHECK(Resolved({}, {{"STATE_DIRECTORY", "/var/lib/dontgoback:/x"}}).settings.node.data_dir == "/var/lib/dontgoback");
  CHECK(Resolved({"--data-dir=/d"}, {{"STATE_DIRECTORY", "/s"}}).settings.database == "sqlite:/d/dontgoback.db");
  CHECK(Resolved({"--data-dir", ""}).settings.node.data_dir == "./var");
}

TEST_CASE("other nodes are called over https, but for this machine") {
  const Resolved strict({});
  const auto problem_of = [&](const char* url) { return strict.settings.problem_of_url(url).value_or(""); };
  for (const auto* url : {"http://127.0.0.1:8091/", "http://localhost:8092", "https://core.example"}) {
    CHECK(problem_of(url).empty());
  }
  for (const auto* url : {"http://auth.example", "http://127.0.0.1.example"}) {
    CHECK(problem_of(url).find("must be https") == 0);
    CHECK_FALSE(Resolved({"--allow-insecure-http"}).settings.problem_of_url(url));
  }
  for (const auto* url : {"ftp://x", "core", "https://", "https://u@h", "https://h/?q", "https://h:0", "https://h h"}) {
    CAPTURE(url);
    CHECK(problem_of(url).find("must be an http or https URL") == 0);
  }
}

TEST_CASE("the public URL decides origins and Secure") {
  const Resolved given({"--public-url=https://Dont.example:443/", "--web-origin=http://localhost:3000"});
  CHECK(given.problems.empty());
  CHECK(given.settings.node.public_url == "https://dont.example");
  CHECK(given.settings.node.public_url_is_https);
  CHECK(given.settings.node.web_origins == std::vector<std::string>{"http://localhost:3000", "https://dont.example"});
  CHECK(problem({"--public-url=https://x/path"}).find("--public-url") == 0);
  CHECK(problem({"--web-origin=*"}).find("--web-origin: *: must be") == 0);
}

TEST_CASE("without one it is the address, once that is known") {
  Resolved resolved({"--listen=127.0.0.1:0"});
  resolved.settings.listens_at("127.0.0.1:4711");
  CHECK(resolved.settings.node.own_url == "http://127.0.0.1:4711");
  CHECK(resolved.settings.node.public_url == "http://127.0.0.1:4711");
  CHECK(resolved.settings.node.web_origins == std::vector<std::string>{"http://127.0.0.1:4711"});
  Resolved open({"--listen=0.0.0.0:80", "--public-url=https://x.example"});
  open.settings.listens_at("0.0.0.0:80");
  CHECK(open.settings.node.own_url == "http://127.0.0.1");  // as a URL of it is written elsewhere
  CHECK(open.settings.node.public_url == "https://x.example");
}

TEST_CASE("with a certificate of its own it is https") {
  const std::vector<const char*> files{"--tls-certificate-file=c.pem", "--tls-key-file=k.pem"};
  Resolved resolved({"--listen=127.0.0.1:0", files[0], files[1]});
  CHECK(resolved.problems.empty());
  CHECK(resolved.settings.node.public_url_is_https);
  resolved.settings.listens_at("127.0.0.1:4711");
  CHECK(resolved.settings.node.own_url == "https://127.0.0.1:4711");
  CHECK(resolved.settings.node.public_url == "https://127.0.0.1:4711");
  CHECK_THAT(problem({files[0]}), Catch::StartsWith("--tls-key-file: the certificate and its key"));
  CHECK_THAT(problem({files[1]}), Catch::StartsWith("--tls-certificate-file: the certificate and its key"));
  CHECK(problem({files[0], files[1], "--public-url=http://x.example"}).find("--public-url: must begin with https") == 0);
}

TEST_CASE("a problem names the place of the value") {
  Problems problems = Resolved({}, {{"DONTGOBACK_LISTEN", "nowhere"}}).problems;
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].find("DONTGOBACK_LISTEN: must be") == 0);
  const TomlText file("\nlisten = \"nowhere\"");
  problems = Resolved({"--config", file.path().c_str()}).problems;
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].find(file.path() + ":2: listen: must be") == 0);
}
