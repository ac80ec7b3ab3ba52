#include <catch2/catch.hpp>
#include <filesystem>
#include <regex>

#include "program.hpp"

using namespace dontgoback::test;

TEST_CASE("the ready line says where the node is, and it is there") {
  Node node({"--clock-trusted"});
  const std::regex line(R"(ready role=all http=127\.0\.0\.1:\d+ management=127\.0\.0\.1:\d+ version=\d+\.\d+\.\d+)");
  CHECK(std::regex_match(node.ready_line(), line));
  CHECK(get(node.port("http"), "/").status == 200);
  CHECK(get(node.port("management"), "/livez").status == 200);
  CHECK(get(node.port("management"), "/readyz").body == "ready\n");
  CHECK(get(node.port("management"), "/metrics").body.find("process_resident_memory_bytes ") != std::string::npos);
  CHECK(get(node.port("http"), "/metrics").status == 404);
  node.program().send(SIGTERM);
  CHECK(node.program().wait() == 0);
  CHECK(node.program().rest().empty());
}

TEST_CASE("each role starts alone, with nobody else there") {
  const std::pair<std::string, Arguments> roles[] = {
      {"auth", {"--role=auth"}},
      {"core", {"--role=core"}},
      {"extension", {"--role=extension", "--auth-url=http://127.0.0.1:1"}}};
  for (const auto& [role, arguments] : roles) {
    CAPTURE(role);
    Node node(arguments);
    CHECK(node.ready_line().find("ready role=" + role + " ") == 0);
    CHECK(get(node.port("management"), "/readyz").status == 200);
    node.program().send(SIGTERM);
    CHECK(node.program().wait() == 0);
  }
}

TEST_CASE("only chosen modules answer") {
  Node node({"--role=core", "--modules=web"});
  CHECK(get(node.port("http"), "/").status == 200);
  CHECK(get(node.port("http"), "/api/jwks.json").status == 404);
  CHECK_FALSE(std::filesystem::exists(node.data_dir() + "/dontgoback.db"));
}

TEST_CASE("every signal that asks ends it well, also when it asks twice") {
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
    Node node;
    node.program().send(signal);
    node.program().send(SIGTERM);
    CHECK(node.program().wait() == 0);
    CHECK(run({"db", "check", "--data-dir=" + node.data_dir()}).code == 0);
  }
}

TEST_CASE("a second node on the same data is refused") {
  Node node;
  const auto second = run({"--listen=127.0.0.1:0", "--data-dir=" + node.data_dir()});
  CHECK(second.code == 1);
  CHECK(second.out.empty());
  CHECK(second.err.find(node.data_dir()) != std::string::npos);
  CHECK(second.err.find("already") != std::string::npos);
}

TEST_CASE("after a kill the data directory is free") {
  TemporaryDirectory directory;
  const Arguments arguments{"--listen=127.0.0.1:0", "--data-dir=" + directory.path().string()};
  {
    Program killed(arguments);
    REQUIRE_FALSE(killed.line().empty());
    killed.send(SIGKILL);
    killed.wait();
  }
  Program again(arguments);
  CHECK(again.line().find("ready ") == 0);
}

TEST_CASE("a port that is taken is named") {
  Node node;
  TemporaryDirectory directory;
  const auto address = "127.0.0.1:" + std::to_string(node.port("http"));
  const auto second =
      run({"--listen=" + address, "--management-listen=127.0.0.1:0", "--data-dir=" + directory.path().string()});
  CHECK(second.code == 1);
  CHECK(second.err.find(address) != std::string::npos);
}

TEST_CASE("a data directory that cannot be is named") {
  const auto failed = run({"--listen=127.0.0.1:0", "--data-dir=/dev/null/var"});
  CHECK(failed.code == 2);
  CHECK(failed.err.find("--data-dir: /dev/null/var") != std::string::npos);
}

TEST_CASE("an auth node that others reach without knowing by what name says so") {
  const auto hinted = [](const Arguments& arguments) {
    TemporaryDirectory directory;
    Arguments all{"--listen=0.0.0.0:0", "--management-listen=127.0.0.1:0", "--data-dir=" + directory.path().string()};
    all.insert(all.end(), arguments.begin(), arguments.end());
    Program node(all);
    REQUIRE_FALSE(node.line().empty());
    node.send(SIGTERM);
    REQUIRE(node.wait() == 0);
    return node.errors().find("give --issuer") != std::string::npos;
  };
  CHECK(hinted({"--role=auth"}));
  CHECK_FALSE(hinted({"--role=auth", "--issuer=https://auth.example"}));
  CHECK_FALSE(hinted({"--role=all"}));
}
