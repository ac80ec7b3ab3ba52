#include "support/mariadb.hpp"

#include <pwd.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <thread>

#include "storage/open.hpp"
#include "support/server_process.hpp"

namespace dontgoback::test {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kStartLimit{60};

const passwd* server_user() { return ::geteuid() == 0 ? ::getpwnam("mysql") : nullptr; }

}  // namespace

MariadbServer::MariadbServer() {
  const auto& root = directory_.path();
  if (const auto* user = server_user(); user != nullptr && ::chown(root.c_str(), user->pw_uid, user->pw_gid) != 0) {
    throw std::runtime_error("cannot give " + root.string() + " to the user mysql");
  }
  const auto log = root / "install.log";
  // mariadb-install-db of 10.11 sometimes trips over its own temporary tables ("Unknown table 'mysql.tmp_user_sys'").
  constexpr int kInstallations = 10;
  int status = -1;
  for (int i = 0; i < kInstallations && status != 0; ++i) {
    std::filesystem::remove_all(root / "data");
    const pid_t installer =
        spawn_server({"mariadb-install-db", "--no-defaults", "--datadir=" + (root / "data").string(),
                      "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve",
                      "--innodb-log-file-size=4M", "--innodb-buffer-pool-size=16M"},
                     log, server_user());
    ::waitpid(installer, &status, 0);
  }
  if (status != 0)
    throw std::runtime_error("mariadb-install-db failed (is mariadb-server installed?): " + tail_of(log));
  start();
}

MariadbServer::~MariadbServer() { kill(); }

void MariadbServer::start() {
  const auto& root = directory_.path();
  process_ = spawn_server(
      {"mariadbd", "--no-defaults", "--datadir=" + (root / "data").string(), "--socket=" + socket(),
       "--pid-file=" + (root / "pid").string(), "--skip-networking", "--skip-name-resolve", "--innodb-log-file-size=4M",
       "--innodb-buffer-pool-size=32M", "--innodb-flush-log-at-trx-commit=1", "--performance-schema=OFF"},
      root / "server.log", server_user());
  wait_until_it_answers();
}

void MariadbServer::wait_until_it_answers() {
  const auto give_up = std::chrono::steady_clock::now() + kStartLimit;
  while (!listens_at(socket())) {
    if (::waitpid(process_, nullptr, WNOHANG) == process_) {
      process_ = -1;
      throw std::runtime_error("mariadbd ended: " + tail_of(directory_.path() / "server.log"));
    }
    if (std::chrono::steady_clock::now() > give_up) throw std::runtime_error("mariadbd does not answer");
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

void MariadbServer::kill() {
  if (process_ <= 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

void MariadbServer::fall_silent() {
  ::kill(process_, SIGSTOP);
  ::waitpid(process_, nullptr, WUNTRACED);
}

void MariadbServer::go_on() { ::kill(process_, SIGCONT); }

std::string MariadbServer::socket() const { return (directory_.path() / "socket").string(); }

std::string MariadbServer::url(const std::string& database) const {
  return "mysql:///" + database + "?socket=" + socket() + "&user=root";
}

std::string MariadbServer::create_database() {
  const std::string name = "test_" + std::to_string(++databases_);
  const auto server = storage::open_database({.url = url("mysql"), .readers = 1});
  server->write([&name](storage::Connection& connection) {
    connection.execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
  });
  return name;
}

MariadbServer& mariadb() {
  static MariadbServer server;
  return server;
}

}  // namespace dontgoback::test
