#include "program.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace dontgoback::test {
namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (auto& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

std::string read_all(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

Arguments node_arguments(Arguments arguments, const std::string& data_dir) {
  arguments.insert(arguments.begin(),
                   {"--listen=127.0.0.1:0", "--management-listen=127.0.0.1:0", "--data-dir=" + data_dir});
  return arguments;
}

}  // namespace

Program::Program(const Arguments& arguments, const Arguments& environment) {
  Arguments all{DONTGOBACK_PROGRAM};
  all.insert(all.end(), arguments.begin(), arguments.end());
  Arguments variables{"PATH=/usr/bin:/bin", "UBSAN_OPTIONS=print_stacktrace=1",
                      "ASAN_OPTIONS=detect_leaks=1:intercept_tls_get_addr=0"};
  variables.insert(variables.end(), environment.begin(), environment.end());

  std::array<int, 2> out{};
  if (::pipe2(out.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  const auto errors = (directory_.path() / "stderr").string();
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  const int failed =
      ::posix_spawn(&process_, DONTGOBACK_PROGRAM, &actions, nullptr, pointers(all).data(), pointers(variables).data());
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(out[1]);
  output_ = out[0];
  if (failed != 0) throw std::runtime_error("cannot start " DONTGOBACK_PROGRAM);
}

Program::~Program() {
  if (process_ > 0) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  ::close(output_);
}

std::string Program::line() {
  std::string line;
  char c = 0;
  while (::read(output_, &c, 1) == 1 && c != '\n') line.push_back(c);
  return line;
}

std::string Program::rest() {
  std::string rest;
  std::array<char, 4096> buffer;
  for (ssize_t got = 0; (got = ::read(output_, buffer.data(), buffer.size())) > 0;) {
    rest.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return rest;
}

void Program::send(int signal) const { ::kill(process_, signal); }

int Program::wait() {
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string Program::errors() const { return read_all(directory_.path() / "stderr"); }

Ended run(const Arguments& arguments, const Arguments& environment) {
  Program program(arguments, environment);
  auto out = program.rest();
  const int code = program.wait();
  return {code, std::move(out), program.errors()};
}

Node::Node(Arguments arguments, const Arguments& environment)
    : program_(node_arguments(std::move(arguments), directory_.path().string()), environment),
      ready_line_(program_.line()) {
  if (ready_line_.empty()) throw std::runtime_error("the node did not become ready: " + program_.errors());
}

int Node::port(const std::string& name) const {
  const auto from = ready_line_.find(" " + name + "=127.0.0.1:");
  return std::stoi(ready_line_.substr(ready_line_.find(':', from) + 1));
}

Answer get(int port, const std::string& path) {
  const int link = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(link, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(link);
    throw std::runtime_error("cannot connect to port " + std::to_string(port));
  }
  const auto request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  ::send(link, request.data(), request.size(), MSG_NOSIGNAL);
  std::string text;
  std::array<char, 4096> buffer;
  for (ssize_t got = 0; (got = ::recv(link, buffer.data(), buffer.size(), 0)) > 0;) {
    text.append(buffer.data(), static_cast<std::size_t>(got));
  }
  ::close(link);
  if (text.size() < 12) throw std::runtime_error("no answer to " + path);
  return {std::stoi(text.substr(9, 3)), text.substr(text.find("\r\n\r\n") + 4)};
}

}  // namespace dontgoback::test
