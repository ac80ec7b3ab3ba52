#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "dontgoback/security/crypto/hex.hpp"
#include "dontgoback/security/files/secret_file.hpp"
#include "support/syncs.hpp"
#include "support/temporary_directory.hpp"

using namespace dontgoback::security;
namespace fs = std::filesystem;

namespace {

/// A directory of its own with files of any content and mode.
class Directory {
 public:
  fs::path operator/(const char* name) const { return directory_.path() / name; }
  fs::path file(const char* name, std::string_view content, mode_t mode = 0600) const {
    const auto path = *this / name;
    std::ofstream(path, std::ios::binary) << content;
    REQUIRE(chmod(path.c_str(), mode) == 0);
    return path;
  }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(directory_.path()), fs::directory_iterator()));
  }

 private:
  dontgoback::test::TemporaryDirectory directory_;
};

mode_t mode_of(const fs::path& file) {
  struct stat status {};
  REQUIRE(stat(file.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

/// The call throws a std::runtime_error that names the file and, when given, not the secret.
template <class Call>
void fails_naming(const fs::path& file, Call call, const std::string& secret = {}) {
  INFO(file);
  try {
    call();
  } catch (const std::runtime_error& error) {
    CHECK_THAT(error.what(), Catch::Contains(file.string()));
    if (!secret.empty()) CHECK_THAT(error.what(), !Catch::Contains(secret));
    return;
  }
  FAIL("did not throw");
}

}  // namespace

TEST_CASE("a secret is the file's content without the line breaks at its end") {
  const Directory directory;
  CHECK(read_secret_file(directory.file("a", "secret")) == "secret");
  CHECK(read_secret_file(directory.file("b", "secret\r\n\n")) == "secret");
  CHECK(read_secret_file(directory.file("c", " two\nlines \n", 0400)) == " two\nlines ");
  CHECK(read_secret_file(directory.file("group", "secret", 0640)) == "secret");
  CHECK(read_secret_file(directory.file("large", std::string(64 * 1024, 's'))).size() == 64 * 1024);
  fs::create_symlink(directory / "a", directory / "link");
  CHECK(read_secret_file(directory / "link") == "secret");
}

TEST_CASE("a secret that cannot be trusted or read stops, naming the file and not the secret") {
  const Directory directory;
  const auto pipe = directory / "pipe";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  fs::create_directory(directory / "directory");
  for (const auto& file : {directory / "missing", directory / "missing/secret", directory.file("empty", ""),
                           directory.file("blank", "\r\n\n"), directory.file("world", "hush", 0644),
                           directory.file("other", "hush", 0604), directory.file("writable", "hush", 0602),
                           directory.file("large", std::string(64 * 1024 + 1, 's')), pipe, directory / "directory"}) {
    fails_naming(
        file, [&] { read_secret_file(file); }, "hush");
  }
}

TEST_CASE("a key is made once, for its owner only, and leaves nothing else behind") {
  const Directory directory;
  const auto file = directory / "session.key";
  const auto previous = umask(0);
  const auto key = read_or_create_key(file);
  umask(previous);
  CHECK(key.size() == 32);
  CHECK(mode_of(file) == 0600);
  CHECK(read_or_create_key(file) == key);
  CHECK(directory.files() == 1);
}

TEST_CASE("a key is durable, and then its name, before anybody is given it") {
  const Directory directory;
  const auto file = directory / "session.key";
  const dontgoback::test::WatchedSyncs syncs;
  const auto key = read_or_create_key(file);
  CHECK(syncs.durable(file));
  CHECK(fs::hard_link_count(file) == 1);
  const auto made = syncs.all().size();
  CHECK(read_or_create_key(file) == key);
  CHECK(syncs.all().size() == made);  // reading makes nothing
}

TEST_CASE("a key is 32 bytes and a secret at most 64 KiB, not one more or less") {
  const Directory directory;
  CHECK(read_key(directory.file("exact", std::string(32, 'k'))).size() == 32);
  for (const std::size_t size : {31U, 33U, 64U}) {
    const auto file = directory.file(std::to_string(size).c_str(), std::string(size, 'k'));
    fails_naming(file, [&] { read_key(file); });
  }
  fails_naming(directory / "missing", [&] { read_key(directory / "missing"); });
  CHECK_FALSE(fs::exists(directory / "missing"));
}

TEST_CASE("a secret of a line is one line of visible text") {
  const Directory directory;
  CHECK(read_secret_line(directory.file("a", "secret\n")) == "secret");
  CHECK(read_secret_line(directory.file("b", "two words \x80")) == "two words \x80");
  for (const std::string bad : {"two\nlines", "a\tb", "bell\x07", "del\x7f", " ", "   \n", "x\x1f"}) {
    const auto file = directory.file("bad", bad);
    fails_naming(file, [&] { read_secret_line(file); });
    try {
      secret_of("--option", file);
      FAIL("did not throw");
    } catch (const std::invalid_argument& error) {
      CHECK_THAT(error.what(), Catch::StartsWith("--option: "));
    }
  }
}

TEST_CASE("what root makes in another's directory is that one's") {
  if (geteuid() != 0) return;
  constexpr uid_t kNobody = 65534;
  const Directory directory;
  REQUIRE(chown((directory / ".").c_str(), kNobody, kNobody) == 0);
  const auto file = directory / "auth.key";
  read_or_create_key(file);
  struct stat status {};
  REQUIRE(stat(file.c_str(), &status) == 0);
  CHECK(status.st_uid == kNobody);
  CHECK(mode_of(file) == 0600);
}

TEST_CASE("a key file that is no key stops and stays as it was") {
  const Directory directory;
  for (const auto& file : {directory.file("short", std::string(31, 'k')), directory.file("long", std::string(33, 'k')),
                           directory.file("empty", ""), directory.file("world", std::string(32, 'k'), 0644)}) {
    const auto size = fs::file_size(file);
    fails_naming(file, [&] { read_or_create_key(file); });
    CHECK(fs::file_size(file) == size);
  }
  fails_naming(directory / "missing/key", [&] { read_or_create_key(directory / "missing/key"); });
}

TEST_CASE("processes that start at once end with one key") {
  constexpr int kProcesses = 8;
  constexpr std::size_t kAnswer = 2 * 64;  // in hex
  for (int round = 0; round < 5; ++round) {
    const Directory directory;
    const auto keys = [&directory] {
      return hex(read_or_create_key(directory / "session.key")) + hex(read_or_create_key(directory / "auth.key"));
    };
    int start[2];
    int answers[2];
    REQUIRE(pipe(start) == 0);
    REQUIRE(pipe(answers) == 0);
    std::vector<pid_t> children;
    for (int i = 0; i < kProcesses; ++i) {
      const auto child = fork();
      REQUIRE(child >= 0);
      if (child == 0) {
        close(start[1]);
        char byte;
        [[maybe_unused]] const auto released = read(start[0], &byte, 1);  // the pipe's end: all start at once
        std::string answer;
        try {
          answer = keys();
        } catch (const std::exception&) {
          _exit(1);
        }
        _exit(write(answers[1], answer.data(), answer.size()) == static_cast<ssize_t>(kAnswer) ? 0 : 1);
      }
      children.push_back(child);
    }
    close(start[0]);
    close(start[1]);
    close(answers[1]);
    std::string all;
    char buffer[kAnswer];
    for (ssize_t got; (got = read(answers[0], buffer, sizeof buffer)) > 0;) {
      all.append(buffer, static_cast<std::size_t>(got));
    }
    close(answers[0]);
    for (const auto child : children) {
      int status = 0;
      REQUIRE(waitpid(child, &status, 0) == child);
      CHECK(status == 0);
    }
    REQUIRE(all.size() == kProcesses * kAnswer);
    for (std::size_t at = 0; at < all.size(); at += kAnswer) CHECK(all.substr(at, kAnswer) == keys());
    CHECK(directory.files() == 2);
  }
}
