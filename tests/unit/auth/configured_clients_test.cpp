#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "auth/clients/configured.hpp"
#include "dontgoback/security/crypto/hash.hpp"

namespace dontgoback::auth {
namespace {

class Folder {
 public:
  Folder() {
    std::string name = std::filesystem::temp_directory_path() / "clients-XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(const std::string& name, const std::string& content, ::mode_t mode = 0600) const {
    const auto path = path_ / name;
    std::ofstream(path) << content;
    ::chmod(path.c_str(), mode);
    return path;
  }
  std::string missing() const { return path_ / "missing"; }

 private:
  std::filesystem::path path_;
};

TEST_CASE("a client of the configuration has every scope of this program unless it is restricted") {
  const Folder folder;
  const auto clients = configured_clients({"core=" + folder.file("a", "s3cret\n"), "ext=" + folder.file("b", "other")},
                                          {"ext=asset:update  asset:update"});
  REQUIRE(clients.size() == 2);
  CHECK(clients[0].id == "core");
  CHECK(clients[0].configured);
  CHECK(clients[0].scopes ==
        std::vector<std::string>{"asset:update", "job:run", "people:read", "walk:moderate", "token:introspect"});
  REQUIRE(clients[0].secrets.size() == 1);
  CHECK(clients[0].secrets[0].digest == security::sha256("s3cret"));  // without the line break
  CHECK(clients[1].scopes == std::vector<std::string>{"asset:update"});
  CHECK(configured_clients({"ext=" + folder.file("c", "x")}, {"ext="}).front().scopes.empty());
}

TEST_CASE("clients are named without their secrets, which may be out of reach") {
  const Folder folder;
  const auto clients = named_clients({"core=" + folder.missing()}, {"core=job:run"});
  REQUIRE(clients.size() == 1);
  CHECK(clients[0].id == "core");
  CHECK(clients[0].scopes == std::vector<std::string>{"job:run"});
  CHECK(clients[0].secrets.empty());
}

TEST_CASE("scopes of nobody and malformed ones are named") {
  const Folder folder;
  const auto good = "core=" + folder.file("a", "s3cret");
  CHECK_THROWS_WITH(configured_clients({good}, {"ext=asset:update", "core", "core=a\"b"}),
                    Catch::Contains("'ext' is no --auth-client") && Catch::Contains("'core' is not ID=SCOPES") &&
                        Catch::Contains("'core=a\"b' is not ID=SCOPES"));
}

TEST_CASE("everything that is wrong with the clients is named at once") {
  const Folder folder;
  const auto good = folder.file("good", "s3cret");
  const std::vector<std::string> options{"no-file",
                                         "empty=",
                                         "twice=" + good,
                                         "twice=" + good,
                                         "sp ace=" + good,
                                         std::string(65, 'x') + "=" + good,
                                         "=" + good,
                                         "gone=" + folder.missing(),
                                         "open=" + folder.file("open", "s3cret", 0644)};
  CHECK_THROWS_WITH(configured_clients(options, {}),
                    Catch::Contains("--auth-client") && Catch::Contains("'no-file'") && Catch::Contains("'empty='") &&
                        Catch::Contains("'twice' is given twice") && Catch::Contains("'sp ace'") &&
                        Catch::Contains(std::string(65, 'x')) && Catch::Contains("'' is not") &&
                        Catch::Contains("'gone'") && Catch::Contains("'open'") && !Catch::Contains("s3cret"));
  for (const auto& option : options) {
    if (option == "twice=" + good) continue;
    CAPTURE(option);
    CHECK_THROWS_AS(configured_clients({option}, {}), std::invalid_argument);
  }
  CHECK_NOTHROW(configured_clients({std::string(64, 'x') + "=" + good}, {}));
}

}  // namespace
}  // namespace dontgoback::auth
