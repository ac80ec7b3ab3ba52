#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>

#include "program.hpp"

using namespace dontgoback::test;

namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

struct DataDir {
  TemporaryDirectory directory;

  Ended command(Arguments arguments) const {
    arguments.push_back("--data-dir=" + directory.path().string());
    return run(arguments);
  }
  std::string file(const std::string& name) const { return (directory.path() / name).string(); }
  /// A start makes what only a start makes: the first signing key.
  void start_once() const {
    Program server({"serve", "--listen=127.0.0.1:0", "--management-listen=127.0.0.1:0",
                    "--data-dir=" + directory.path().string()});
    const auto line = server.line();
    INFO(server.errors());
    REQUIRE(holds(line, "ready "));
    server.send(SIGTERM);
    REQUIRE(server.wait() == 0);
  }
};

}  // namespace

TEST_CASE_METHOD(DataDir, "a database is copied and put back") {
  REQUIRE(command({"db", "migrate"}).code == 0);
  REQUIRE(command({"users", "create"}).code == 0);
  REQUIRE(command({"db", "backup", file("copy.db")}).code == 0);
  REQUIRE(command({"users", "create"}).code == 0);

  CHECK(command({"db", "backup", file("copy.db")}).code == 2);  // never over another
  CHECK(command({"db", "restore", file("copy.db")}).code == 2);
  REQUIRE(command({"db", "restore", file("copy.db"), "--replace"}).code == 0);
  CHECK(holds(command({"db", "check"}).out, "in order"));
  const auto users = command({"users", "list", "--json"});
  CHECK(holds(users.out, R"("userId":1)"));
  CHECK_FALSE(holds(users.out, R"("userId":2)"));
}

TEST_CASE_METHOD(DataDir, "a command makes no database") {
  const auto missing = file("not/here");
  for (const Arguments& arguments : {Arguments{"clients", "add", "reporter"}, Arguments{"clients", "list"},
                                     Arguments{"users", "list"}, Arguments{"audit"}, Arguments{"jobs", "list"},
                                     Arguments{"db", "check"}, Arguments{"db", "backup", file("copy.db")}}) {
    auto all = arguments;
    all.push_back("--data-dir=" + missing);
    const auto ended = run(all);
    CAPTURE(arguments, ended.err);
    CHECK(ended.code == 2);
    CHECK(ended.out.empty());
    CHECK(holds(ended.err, missing + "/dontgoback.db"));
    CHECK(holds(ended.err, "--data-dir"));
    CHECK(holds(ended.err, "db migrate"));
    CHECK_FALSE(std::filesystem::exists(missing));
  }
  CHECK(run({"routes", "list", "--data-dir=" + missing}).code == 0);  // which needs none
  CHECK_FALSE(std::filesystem::exists(missing));
  REQUIRE(run({"db", "migrate", "--data-dir=" + missing}).code == 0);
  CHECK(run({"clients", "add", "reporter", "--data-dir=" + missing}).code == 0);  // before the first start
}

TEST_CASE_METHOD(DataDir, "a missing auth.key is not replaced, and there is a way out") {
  start_once();
  REQUIRE(command({"clients", "add", "reporter"}).code == 0);
  const auto before = command({"keys", "list"}).out;
  std::filesystem::remove(file("auth.key"));
  for (const Arguments& arguments :
       {Arguments{"keys", "list"}, Arguments{"keys", "rotate"}, Arguments{"serve", "--listen=127.0.0.1:0"}}) {
    const auto ended = command(arguments);
    CAPTURE(arguments, ended.err);
    CHECK(ended.code == 2);
    CHECK(holds(ended.err, file("auth.key") + " is missing"));
    CHECK(holds(ended.err, "keys reset --yes"));
    CHECK_FALSE(std::filesystem::exists(file("auth.key")));
  }
  // What opens no key does not miss it.
  for (const Arguments& arguments :
       {Arguments{"clients", "list"}, Arguments{"clients", "show", "reporter"},
        Arguments{"clients", "disable", "reporter"}, Arguments{"clients", "enable", "reporter"}, Arguments{"audit"},
        Arguments{"keys", "plan"}, Arguments{"db", "check"}, Arguments{"users", "list"}, Arguments{"jobs", "list"},
        Arguments{"routes", "list"}}) {
    const auto ended = command(arguments);
    CAPTURE(arguments, ended.err);
    CHECK(ended.code == 0);
    CHECK_FALSE(std::filesystem::exists(file("auth.key")));
  }
  CHECK(command({"keys", "reset"}).code == 2);
  CHECK(command({"keys", "reset", "--yes"}).code == 0);
  CHECK_FALSE(std::filesystem::exists(file("auth.key")));
  CHECK(holds(command({"keys", "list"}).err, "no signing key yet"));
  CHECK(holds(command({"audit"}).out, "key reset"));
  start_once();
  const auto after = command({"keys", "list"});
  CHECK(after.code == 0);
  CHECK(after.out != before);
  CHECK(holds(command({"clients", "list"}).out, "reporter"));
  CHECK(command({"keys", "reset"}).code == 2);
  CHECK(command({"keys", "list"}).out == after.out);
}

TEST_CASE("no database is replaced under a server") {
  Node node;
  const auto data = "--data-dir=" + node.data_dir();
  const auto copy = node.data_dir() + "/copy.db";
  REQUIRE(run({"db", "backup", copy, data}).code == 0);
  const auto refused = run({"db", "restore", copy, "--replace", data});
  CHECK(refused.code == 1);
  CHECK(holds(refused.err, "already"));
  CHECK(get(node.port("management"), "/readyz").status == 200);
}

TEST_CASE("commands work beside a server") {
  Node node;
  const auto made = run({"users", "create", "--member-role=ADMIN", "--json", "--data-dir=" + node.data_dir()});
  CHECK(made.code == 0);
  CHECK(holds(made.out, R"("userRole":"ADMIN")"));
  node.program().send(SIGTERM);
  CHECK(node.program().wait() == 0);
}

TEST_CASE_METHOD(DataDir, "jobs are listed and run") {
  REQUIRE(command({"db", "migrate"}).code == 0);
  const auto list = command({"jobs", "list", "--json"});
  CHECK(list.code == 0);
  CHECK(holds(list.out, R"("name":"asset-refresh","running":false,"lastStarted":null)"));
  CHECK(holds(list.out, R"("name":"auth-keys","running":null)"));
  CHECK(holds(list.err, "no server runs on"));
  CHECK(command({"jobs", "run", "no-such-job"}).code == 2);
  CHECK(command({"jobs", "run"}).code == 2);
}

TEST_CASE_METHOD(DataDir, "routes are listed, with who may call them") {
  REQUIRE(command({"db", "migrate"}).code == 0);
  const auto list = command({"routes", "list", "--json"});
  CHECK(list.code == 0);
  const auto row = [](const std::string& method, const std::string& path, const std::string& rest) {
    return R"({"method":")" + method + R"(","path":")" + path + R"(",)" + rest + "}";
  };
  CHECK(holds(list.out, row("GET", "/api/v1/feeds/{feedId}",
                            R"("access":"account","right":null,"countsAs":"read","lane":"query",)"
                            R"("bodyLimit":0,"legacyToggle":false,"fromOtherSites":false)")));
  CHECK(holds(list.out, row("GET", "/api/v1/feedLikes/{feedId}",
                            R"("access":"account","right":null,"countsAs":"like","lane":"command",)"
                            R"("bodyLimit":0,"legacyToggle":true,"fromOtherSites":false)")));
  CHECK(holds(list.out,
              row("POST", "/api/guest",
                  R"("access":"account if any","right":null,"countsAs":"sign-in","lane":"command","bodyLimit":4096,)"
                  R"("legacyToggle":false,"fromOtherSites":false)")));
  CHECK(holds(list.out, R"("path":"/msa/ext/api/update-asset/{userId}","access":"service","right":"asset:update")"));
  CHECK(holds(list.out, R"("path":"/msa/core/api/jobs/asset-refresh","access":"internal service","right":")"));
  CHECK(holds(list.out,
              R"("path":"/msa/auth/api/public-key","access":"anyone","right":null,"countsAs":null,"lane":"inline")"));
  CHECK_FALSE(holds(command({"routes", "list", "--json", "--role=auth"}).out, "/api/v1/"));
}

TEST_CASE("a command of a module that does not run here is refused") {
  TemporaryDirectory directory;
  for (const Arguments& arguments :
       {Arguments{"users", "list"}, Arguments{"db", "check"}, Arguments{"keys", "list"}, Arguments{"audit"}}) {
    auto all = arguments;
    all.insert(all.end(),
               {"--role=extension", "--modules=extension", "--auth-url=http://127.0.0.1:9",
                "--data-dir=" + directory.path().string()});
    const auto ended = run(all);
    CHECK(ended.code == 2);
    CHECK(holds(ended.err, "role extension"));
  }
}

TEST_CASE_METHOD(DataDir, "the demo is seeded once") {
  REQUIRE(command({"db", "migrate"}).code == 0);
  CHECK(command({"demo", "seed"}).code == 0);
  const auto again = command({"demo", "seed"});
  CHECK(again.code == 0);
  CHECK(holds(again.out, "nothing changed"));
}

TEST_CASE("jobs are listed as the running server knows them") {
  for (const Arguments& role :
       {Arguments{"--role=all"}, Arguments{"--role=extension", "--auth-url=http://127.0.0.1:9"}}) {
    Node node(role);
    const auto name = role.size() == 1 ? std::string("auth-audit-prune") : std::string("deny-list");
    const auto list = [&] {
      auto arguments = role;
      arguments.insert(arguments.end(), {"jobs", "list", "--json", "--data-dir=" + node.data_dir()});
      return run(arguments);
    };
    const auto never = R"({"name":")" + name + R"(","running":false,"lastStarted":null)";
    auto listed = list();
    // It runs at the start, on a thread of its own.
    for (int tries = 0; tries < 600 && (holds(listed.out, never) || !holds(listed.out, name)); ++tries) listed = list();
    CAPTURE(listed.out, listed.err);
    CHECK(listed.code == 0);
    CHECK_FALSE(holds(listed.out, never));
    CHECK(holds(listed.out, R"("knownBy":"server")"));
    CHECK(holds(listed.err, "process " + std::to_string(node.program().pid())));
    CHECK(holds(get(node.port("management"), "/jobs").body, R"("name":")" + name));

    node.program().send(SIGKILL);
    node.program().wait();
    listed = list();
    CAPTURE(listed.out, listed.err);
    CHECK(listed.code == 0);
    CHECK(holds(listed.out, R"({"name":")" + name + R"(","running":null,"lastStarted":null)"));
    CHECK(holds(listed.err, "no server runs on"));
  }
}

TEST_CASE_METHOD(DataDir, "a command uses only its own module's tables, and only reads what it needs") {
  const auto secret = file("gone.secret");
  const auto on_auth = "--role=auth";
  REQUIRE(command({"db", "migrate", on_auth}).code == 0);
  REQUIRE(command({"clients", "add", "reporter", "--auth-client=core=" + secret}).code == 0);
  const auto listed = command({"clients", "list", "--auth-client=core=" + secret, "--client-secret-file=" + secret,
                               "--database-password-file=" + secret});
  CHECK(listed.code == 0);
  CHECK(holds(listed.out, "reporter"));
  CHECK(holds(listed.out, "configured"));
  CHECK(command({"audit"}).code == 0);
  CHECK(command({"jobs", "run", "auth-keys"}).code == 0);
  CHECK_FALSE(std::filesystem::exists(file("session.key")));
  for (const Arguments& arguments : {Arguments{"users", "list"}, Arguments{"users", "create"},
                                     Arguments{"jobs", "run", "guest-purge", "--clock-trusted"}}) {
    const auto refused = command(arguments);
    CAPTURE(arguments, refused.err);
    CHECK(refused.code == 1);
    CHECK(holds(refused.err, "no tables of core"));
    CHECK(holds(refused.err, "db migrate"));
  }
}

TEST_CASE_METHOD(DataDir,
                 "a stopped core node's commands need its client secret where they call others, and not else") {
  const Arguments core{"--role=core", "--auth-url=http://127.0.0.1:9", "--extension-url=http://127.0.0.1:9",
                       "--client-id=core", "--client-secret-file=" + file("gone.secret")};
  const auto on_core = [&](Arguments arguments) {
    arguments.insert(arguments.begin(), core.begin(), core.end());
    return command(arguments);
  };
  REQUIRE(on_core({"db", "migrate"}).code == 0);
  for (const Arguments& arguments :
       {Arguments{"users", "create"}, Arguments{"users", "list"}, Arguments{"users", "sign-in-link", "1"},
        Arguments{"assets", "show", "1"}, Arguments{"jobs", "list"},
        Arguments{"jobs", "run", "guest-purge", "--clock-trusted"}, Arguments{"routes", "list"},
        Arguments{"db", "check"}}) {
    const auto ended = on_core(arguments);
    CAPTURE(arguments, ended.err);
    CHECK(ended.code == 0);
  }
  const auto refresh = on_core({"assets", "backfill", "--lock=x"});
  CHECK(refresh.code != 0);
  CHECK(holds(refresh.err, "--client-secret-file"));
  CHECK(holds(refresh.err, file("gone.secret")));
}

TEST_CASE_METHOD(DataDir, "an act that finds everything done says so") {
  REQUIRE(command({"db", "migrate"}).code == 0);
  CHECK(holds(command({"db", "migrate"}).err, "current already"));
  REQUIRE(command({"clients", "add", "reporter"}).code == 0);
  CHECK(holds(command({"clients", "enable", "reporter"}).out, "was enabled already"));
  CHECK_FALSE(holds(command({"clients", "disable", "reporter"}).out, "already"));
  CHECK(holds(command({"clients", "disable", "reporter"}).out, "was disabled already"));
  CHECK(holds(command({"clients", "change", "reporter", "--name=reporter"}).out, "was so already"));
}
