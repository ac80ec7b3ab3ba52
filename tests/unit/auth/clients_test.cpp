#include "auth/clients.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

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

TEST_CASE("a client is known by its id and its secret") {
  const Folder folder;
  const Clients clients({"core=" + folder.file("a", "s3cret\n"), "ext=" + folder.file("b", "other")});
  CHECK(clients.scopes_of("core", "s3cret") == "asset:update job:run");
  CHECK(clients.scopes_of("ext", "other"));
  CHECK_FALSE(clients.scopes_of("core", "other"));  // another client's
  CHECK_FALSE(clients.scopes_of("core", "s3cret\n"));
  CHECK_FALSE(clients.scopes_of("core", ""));
  CHECK_FALSE(clients.scopes_of("nobody", "s3cret"));
  CHECK_FALSE(clients.scopes_of("", ""));
  CHECK_FALSE(Clients({}).scopes_of("core", "s3cret"));
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
  CHECK_THROWS_WITH(Clients(options), Catch::Contains("--auth-client") && Catch::Contains("'no-file'") &&
                                          Catch::Contains("'empty='") && Catch::Contains("'twice' is given twice") &&
                                          Catch::Contains("'sp ace'") && Catch::Contains(std::string(65, 'x')) &&
                                          Catch::Contains("'' is not") && Catch::Contains("'gone'") &&
                                          Catch::Contains("'open'") && !Catch::Contains("s3cret"));
  for (const auto& option : options) {
    if (option == "twice=" + good) continue;
    CAPTURE(option);
    CHECK_THROWS_AS(Clients({option}), std::invalid_argument);
  }
  CHECK_NOTHROW(Clients({std::string(64, 'x') + "=" + good}));
}

}  // namespace
}  // namespace dontgoback::auth
