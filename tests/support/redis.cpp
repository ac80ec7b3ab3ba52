#include "support/redis.hpp"

#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>
#include <stdexcept>
#include <thread>

#include "shared/redis/resp.hpp"
#include "support/server_process.hpp"

namespace dontgoback::test {
namespace {

constexpr std::chrono::seconds kStartLimit{60};

std::string text_of(const shared::Reply& reply) {
  using Kind = shared::Reply::Kind;
  if (reply.kind == Kind::integer) return std::to_string(reply.integer);
  std::string text = reply.text;
  for (const auto& element : reply.elements) text += text_of(element) + "\n";
  return text;
}

}  // namespace

RedisServer::RedisServer(std::vector<std::string> options) { start(std::move(options)); }

RedisServer::~RedisServer() { kill(); }

void RedisServer::start(std::vector<std::string> options) {
  std::vector<std::string> command{
      "redis-server", "--port", "0", "--unixsocket", socket(), "--save", "", "--dir", directory_.path().string()};
  // One that is given again counts.
  command.insert(command.end(), options.begin(), options.end());
  process_ = spawn_server(command, path("server.log"), nullptr);
  const auto give_up = std::chrono::steady_clock::now() + kStartLimit;
  while (!listens_at(socket())) {
    if (::waitpid(process_, nullptr, WNOHANG) == process_) {
      process_ = -1;
      throw std::runtime_error("redis-server ended (is it installed?): " + tail_of(path("server.log")));
    }
    if (std::chrono::steady_clock::now() > give_up) throw std::runtime_error("redis-server does not answer");
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

std::string RedisServer::call(std::initializer_list<std::string_view> words) const {
  const int connection = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, socket().c_str(), sizeof address.sun_path - 1);
  const auto sent = shared::command(std::span<const std::string_view>(words.begin(), words.size()));
  std::optional<shared::Reply> reply;
  if (::connect(connection, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
      ::write(connection, sent.data(), sent.size()) == static_cast<ssize_t>(sent.size())) {
    shared::ReplyReader reader;
    std::array<char, 4096> buffer;
    while (!reply) {
      const auto size = ::read(connection, buffer.data(), buffer.size());
      if (size <= 0) break;
      reader.feed({buffer.data(), static_cast<std::size_t>(size)});
      reply = reader.next();
    }
  }
  ::close(connection);
  if (!reply) throw std::runtime_error("Redis does not answer");
  return text_of(*reply);
}

void RedisServer::kill() {
  if (process_ <= 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

void RedisServer::fall_silent() {
  ::kill(process_, SIGSTOP);
  ::waitpid(process_, nullptr, WUNTRACED);
}

void RedisServer::go_on() { ::kill(process_, SIGCONT); }

std::string RedisServer::socket() const { return path("socket"); }

}  // namespace dontgoback::test
