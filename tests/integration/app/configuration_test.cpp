#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <tuple>

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
      {{"--redis=redis://node:secret@localhost"}, "--redis: must be redis://[USER@]HOST[:PORT][/DB]"},
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

namespace {

/// A folder in which each kind of file that an option may name wrongly lies ready.
struct Files {
  TemporaryDirectory directory;

  std::string path(const std::string& name) const { return (directory.path() / name).string(); }
  std::string file(const std::string& name, const std::string& content, ::mode_t mode = 0600) const {
    std::ofstream(path(name), std::ios::binary) << content;
    ::chmod(path(name).c_str(), mode);
    return path(name);
  }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory.path())) {
      all.push_back(entry.path().string());
    }
    std::sort(all.begin(), all.end());
    return all;
  }
};

}  // namespace

TEST_CASE("what stops the start is told by config check, in the same words") {
  Files files;
  const auto secret = files.file("secret", "s3cret\n");
  const auto open = files.file("open", "s3cret", 0644);
  const auto empty = files.file("empty", "\n");
  const auto two_lines = files.file("two-lines", "s3cret\nother\n");
  const auto blank = files.file("blank", "  \n");
  const auto short_key = files.file("short.key", "sixteen bytes...");
  const auto open_key = files.file("open.key", std::string(32, 'k'), 0604);
  const auto no_database = files.file("text", "this is no database, but a text");
  const auto missing = files.path("missing/file");
  std::filesystem::create_directory(files.path("folder"));
  const auto folder = files.path("folder");
  const Arguments extension{"--role=extension", "--auth-url=http://127.0.0.1:1"};
  const Arguments core{"--role=core", "--auth-url=http://127.0.0.1:1",
                       "--extension-url=http://127.0.0.1:1"};  // wants tokens

  const std::tuple<Arguments, Arguments, std::string> rows[] = {
      {{}, {"--daily-sigma=100"}, "--daily-sigma: must be a number from 0 to 10"},
      {{}, {"--daily-sigma=-1"}, "--daily-sigma: must be a number from 0 to 10"},
      {extension, {"--daily-min-percent=5", "--daily-max-percent=1"}, "--daily-min-percent: must not be over"},
      {extension, {"--daily-min-percent=-100"}, "--daily-min-percent: must be a number from -99.9999999 to 1000000"},
      {extension, {"--daily-max-percent=1e7"}, "--daily-max-percent: must be a number from -99.9999999 to 1000000"},
      {{"--role=auth"}, {"--token-algorithm=HS256"}, "--token-algorithm: must be RS256 or ES256"},
      {{"--role=auth"}, {"--token-algorithm=none"}, "--token-algorithm: must be RS256 or ES256"},
      {{"--role=auth"}, {"--auth-client=name=" + missing}, "--auth-client: 'name': " + missing + ": no such file"},
      {{"--role=auth"}, {"--auth-client=name=" + open}, "--auth-client: 'name': " + open + ": may be read"},
      {{"--role=auth"}, {"--auth-client=name=" + empty}, "--auth-client: 'name': " + empty + ": empty"},
      {{"--role=auth"}, {"--auth-client=name=" + two_lines}, "--auth-client: 'name': " + two_lines + ": more than"},
      {{"--role=auth"}, {"--auth-client=name=" + folder}, "--auth-client: 'name': " + folder + ": not a regular"},
      {{"--role=auth"}, {"--auth-client=name"}, "--auth-client: 'name' is not ID=FILE"},
      {{"--role=auth"}, {"--auth-client-scope=who=a"}, "--auth-client-scope: 'who' is no --auth-client"},
      {{"--role=auth"}, {"--auth-key-file=" + short_key}, "--auth-key-file: " + short_key + ": a key must have 32"},
      {{"--role=auth"}, {"--auth-key-file=" + missing}, "--auth-key-file: " + missing + ": is not there and cannot"},
      {{"--role=auth"}, {"--issuer=not a url"}, "--issuer: must be an http or https URL"},
      {{"--role=auth"}, {"--issuer=https://x#f"}, "--issuer: must be an http or https URL without a fragment"},
      {{"--role=auth"}, {"--issuer=https://user:pw@x"}, "--issuer: must be an http or https URL without a user"},
      {{"--role=auth"}, {"--issuer=http://x"}, "--issuer: must be https"},
      {{}, {"--issuer=name", "--accept-legacy-issuer"}, "--issuer: must be an http or https URL"},
      {extension, {"--issuer=name"}, "--issuer: must be an http or https URL"},
      {{"--role=core", "--auth-url=http://127.0.0.1:1"},
       {"--issuer=https://x?q"},
       "--issuer: must be an http or https URL without a query"},
      {{}, {"--public-url=https://u:pw@x"}, "--public-url: must be an http or https URL without a user"},
      {{}, {"--public-url=https://x#f"}, "--public-url: must be an http or https URL without a fragment"},
      {{}, {"--public-url=https://x/path"}, "--public-url: must have no path"},
      {{}, {"--session-key-file=" + open_key}, "--session-key-file: " + open_key + ": may be read"},
      {{}, {"--multiplier-key-file=" + short_key}, "--multiplier-key-file: " + short_key + ": a key must have"},
      {extension, {"--multiplier-key-file=" + folder}, "--multiplier-key-file: " + folder + ": not a regular file"},
      {core, {"--client-id=me", "--client-secret-file=" + missing}, "--client-secret-file: " + missing + ": no such"},
      {core, {"--client-id=me", "--client-secret-file=" + open}, "--client-secret-file: " + open + ": may be read"},
      {core, {"--client-id=me", "--client-secret-file=" + blank}, "--client-secret-file: " + blank + ": blank"},
      {core, {"--client-id=has space", "--client-secret-file=" + secret}, "--client-id: must be 1 to 64 printable"},
      {extension, {"--client-id=me"}, "--client-id: needs --client-secret-file"},
      {extension, {"--client-secret-file=" + secret}, "--client-secret-file: needs --client-id"},
      {{}, {"--database=mysql://u@h/n", "--database-password-file=" + missing}, "--database-password-file: "},
      {{}, {"--database=sqlite:" + missing}, "--database: " + missing + ": is not there and cannot be made"},
      {{}, {"--database=sqlite:" + folder}, "--database: " + folder + ": is not a file"},
      {{}, {"--database=sqlite:" + no_database}, "--database: " + no_database + ": is not an SQLite database"},
      {{}, {"--data-dir=" + secret}, "--data-dir: " + secret + ": is not a directory"},
      {{}, {"--data-dir=" + secret + "/below"}, "--data-dir: " + secret + "/below: is not there and cannot be made"},
      {{}, {"--listen=0.0.0.0:8123", "--management-listen=127.0.0.1:8123"}, "--management-listen: 127.0.0.1:8123 must"},
      {{}, {"--timezone=Mars/Olympus"}, "--timezone: "},
  };
  const auto before = files.names();
  for (const auto& [role, wrong, problem] : rows) {
    Arguments arguments{"--data-dir=" + files.path("data")};
    if (wrong.front().starts_with("--data-dir")) arguments.clear();
    arguments.insert(arguments.end(), role.begin(), role.end());
    arguments.insert(arguments.end(), wrong.begin(), wrong.end());
    const auto started = run(arguments);
    arguments.insert(arguments.begin(), {"config", "check"});
    const auto checked = run(arguments);
    CAPTURE(wrong.front(), started.err, checked.err);
    CHECK(started.code == 2);
    CHECK(started.out.empty());
    CHECK(holds(started.err, problem));
    CHECK(std::count(started.err.begin(), started.err.end(), '\n') == 2);  // nothing else is wrong
    CHECK(checked.code == 2);
    CHECK(checked.out.empty());
    CHECK(checked.err == started.err);
    CHECK_FALSE(holds(started.err, "s3cret"));
    CHECK_FALSE(holds(started.err, "pw@"));
  }
  CHECK(files.names() == before);  // nothing was made on the way
}

TEST_CASE("problems of the host and of all modules are named together") {
  Files files;
  const auto ended = run({"config", "check", "--data-dir=" + files.file("file", ""), "--issuer=x", "--daily-sigma=100",
                          "--token-algorithm=HS256", "--auth-client=a=/nonexistent", "--auth-client=b=/nonexistent",
                          "--session-key-file=" + files.file("short", "x"), "--timezone=Mars/Olympus", "--listen=x"});
  CAPTURE(ended.err);
  CHECK(ended.code == 2);
  for (const auto* problem : {"--data-dir: ", "--issuer: ", "--daily-sigma: ", "--token-algorithm: ", "'a': ", "'b': ",
                              "--session-key-file: ", "--timezone: ", "--listen: "}) {
    CHECK(holds(ended.err, problem));
  }
}

TEST_CASE("config check looks at what is good and changes nothing") {
  Files files;
  const auto key = files.file("key", std::string(32, 'k'), 0640);
  const auto secret = files.file("secret", "s3cret of é글\n", 0440);
  const auto before = files.names();
  for (const Arguments& good :
       {Arguments{},
        {"--session-key-file=" + key, "--multiplier-key-file=" + key, "--auth-key-file=" + key},
        {"--role=auth", "--auth-client=a=" + secret, "--issuer=https://A.example/"},
        {"--session-key-file=" + files.path("new.key")},
        {"--database=sqlite:" + files.path("new.db")},
        {"--data-dir=" + files.path("several/levels/below"),
         "--session-key-file=" + files.path("several/levels/below/x")},
        {"--role=core", "--auth-url=https://a.example", "--client-id=me", "--client-secret-file=" + secret}}) {
    Arguments arguments{"config", "check"};
    if (good.empty() || !good.front().starts_with("--data-dir")) {
      arguments.push_back("--data-dir=" + files.path("data"));
    }
    arguments.insert(arguments.end(), good.begin(), good.end());
    const auto ended = run(arguments);
    CAPTURE(good.empty() ? "" : good.back(), ended.err);
    CHECK(ended.code == 0);
    CHECK(ended.err.empty());
    CHECK(files.names() == before);
  }
}

TEST_CASE("commands do without the secrets that they do not use") {
  Node node({"--role=auth"});
  node.program().send(SIGTERM);
  CHECK(node.program().wait() == 0);
  const auto ended = run({"db", "check", "--role=auth", "--data-dir=" + node.data_dir(),
                          "--auth-client=a=/run/credentials/dontgoback@auth.service/core-secret"});
  CAPTURE(ended.err);
  CHECK(ended.code == 0);
  const auto checked = run({"config", "check", "--role=auth", "--data-dir=" + node.data_dir(),
                            "--auth-client=a=/run/credentials/dontgoback@auth.service/core-secret"});
  CHECK(checked.code == 2);
  CHECK(holds(checked.err, "while the unit runs"));
}

TEST_CASE("the member's role has a name of its own") {
  TemporaryDirectory directory;
  const auto data_dir = "--data-dir=" + directory.path().string();
  REQUIRE(run({"db", "migrate", data_dir}).code == 0);
  const auto old = run({"users", "create", "--role=ADMIN", data_dir});
  CHECK(old.code == 2);
  CHECK(holds(old.err, "--role: must be one of all, auth, core, extension"));
  CHECK(holds(old.err, "--member-role"));
  const auto made = run({"users", "create", "--role=core", "--member-role=ADMIN", "--json", data_dir});
  CAPTURE(made.err);
  CHECK(made.code == 0);
  CHECK(holds(made.out, R"("userRole":"ADMIN")"));
  CHECK(holds(run({"users", "create", "--member-role=", "--json", data_dir}).out, R"("userRole":"USER")"));
  const auto king = run({"users", "create", "--member-role=KING", data_dir});
  CHECK(king.code == 2);
  CHECK(holds(king.err, "--member-role: must be one of USER, MODERATOR, ADMIN"));
}

TEST_CASE("an empty value is no value to the program") {
  TemporaryDirectory directory;
  const auto ended = run({"config", "check", "--issuer=", "--role=auth", "--public-url", "", "--data-dir=", "--json"},
                         {"DONTGOBACK_ISSUER=https://a.example", "STATE_DIRECTORY=" + directory.path().string()});
  CAPTURE(ended.err);
  CHECK(ended.code == 0);
  CHECK(holds(ended.out, R"({"option":"role","value":"auth","from":"flag"})"));
  CHECK(holds(ended.out, R"({"option":"issuer","value":"https://a.example","from":"DONTGOBACK_ISSUER"})"));
  CHECK(holds(ended.out, R"({"option":"data-dir","value":")" + directory.path().string() + R"(","from":"default"})"));
  CHECK(run({"config", "check", "--issuer"}).code == 2);
}

TEST_CASE("a file that says another role is warned of") {
  Files files;
  const auto file = files.file("auth.toml", "role = \"core\"\ndata-dir = \"" + files.path("data") + "\"\n");
  const auto ended = run({"config", "check", "--role=auth", "--config=" + file});
  CHECK(ended.code == 0);
  CHECK(holds(ended.err, file + ":1: role: is core, but --role says auth"));
}

TEST_CASE("the examples are good configurations") {
  for (const std::string role : {"all", "auth", "core", "extension"}) {
    std::ifstream example(DONTGOBACK_CONFIG_DIR "/" + role + ".toml");
    const std::string text{std::istreambuf_iterator<char>(example), {}};
    // What the unit's StateDirectory is: a command in a shell must work where the server does.
    CHECK(holds(text, "data-dir = \"/var/lib/dontgoback-" + role + '"'));
    // Its folders and secrets, made here.
    Files files;
    std::string here = text;
    for (const auto& place : {std::string("/var/lib/"), "/run/credentials/dontgoback@" + role + ".service/"}) {
      for (auto at = here.find(place); at != here.npos; at = here.find(place)) {
        here.replace(at, place.size(), files.path(""));
      }
    }
    for (const auto* secret : {"core-secret", "extension-secret", "client-secret", "database-password"}) {
      files.file(secret, "s3cret");
    }
    const auto file = files.file(role + ".toml", here);
    const auto ended = run({"config", "check", "--config=" + file, "--json"});
    CAPTURE(role, ended.err);
    CHECK(ended.code == 0);
    // That of the core names a database which is not here.
    CHECK(ended.err.empty() == (role != "core"));
    if (role == "core") CHECK(holds(ended.err, "the database was not looked at: MariaDB at "));
    CHECK(holds(ended.out, R"({"option":"role","value":")" + role + R"(","from":")" + file));
  }
}

TEST_CASE("config check tells values and where they came from") {
  TemporaryDirectory directory;
  const auto state = directory.path().string();
  const auto ended = run({"config", "check", "--timezone=Europe/Lisbon"},
                         {"DONTGOBACK_WEB_ORIGIN=http://a,http://b", "STATE_DIRECTORY=" + state});
  CHECK(ended.code == 0);
  const auto line_of = [&](const std::string& option) {
    const auto from = ended.out.find("\n" + option + " ");
    REQUIRE(from != std::string::npos);
    return ended.out.substr(from + 1, ended.out.find('\n', from + 1) - from - 1);
  };
  CHECK_THAT(line_of("timezone"), Catch::Matches("timezone +Europe/Lisbon +flag"));
  CHECK_THAT(line_of("web-origin"), Catch::Matches("web-origin +http://a,http://b +DONTGOBACK_WEB_ORIGIN"));
  CHECK_THAT(line_of("database"), Catch::Matches("database +sqlite:" + state + "/dontgoback.db +default"));
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
