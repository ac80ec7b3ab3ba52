#include "support/browser.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <system_error>

namespace dontgoback::test {
namespace {

std::string exchange(const std::string& server, const std::string& source, const std::string& request) {
  const auto colon = server.rfind(':');
  sockaddr_in from{}, to{};
  from.sin_family = to.sin_family = AF_INET;
  inet_pton(AF_INET, source.c_str(), &from.sin_addr);
  inet_pton(AF_INET, server.substr(0, colon).c_str(), &to.sin_addr);
  to.sin_port = htons(static_cast<std::uint16_t>(std::stoi(server.substr(colon + 1))));
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto check = [fd](bool good, const char* what) {
    if (good) return;
    const std::system_error error(errno, std::generic_category(), what);
    close(fd);
    throw error;
  };
  check(bind(fd, reinterpret_cast<const sockaddr*>(&from), sizeof from) == 0, "bind");
  check(connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0, "connect");
  for (std::size_t sent = 0; sent < request.size();) {
    const auto n = ::send(fd, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
    check(n > 0, "send");
    sent += static_cast<std::size_t>(n);
  }
  std::string answer;
  std::array<char, 8192> chunk;
  for (;;) {
    const auto n = recv(fd, chunk.data(), chunk.size(), 0);
    check(n >= 0, "recv");
    if (n == 0) break;
    answer.append(chunk.data(), static_cast<std::size_t>(n));
  }
  close(fd);
  return answer;
}

Answer parsed(const std::string& text) {
  const auto end = text.find("\r\n\r\n");
  if (end == std::string::npos) throw std::runtime_error("not an answer: " + text);
  Answer answer;
  answer.status = std::stoi(text.substr(9, 3));
  answer.body = text.substr(end + 4);
  for (auto at = text.find("\r\n") + 2; at < end + 2;) {
    const auto line = text.substr(at, text.find("\r\n", at) - at);
    at += line.size() + 2;
    const auto colon = line.find(": ");
    auto name = line.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    answer.fields.emplace_back(std::move(name), line.substr(colon + 2));
  }
  return answer;
}

}  // namespace

std::string Answer::field(std::string_view name) const {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [name](const auto& each) { return each.first == name; });
  return found == fields.end() ? "" : found->second;
}

Answer Browser::send(std::string_view method, std::string_view target, std::string_view body, const Fields& more) {
  std::string request(method);
  request.append(" ").append(target).append(" HTTP/1.1\r\nHost: ").append(server_).append("\r\nConnection: close\r\n");
  std::string cookies;
  for (const auto& [name, value] : jar) {
    if (!target.starts_with(paths_.at(name))) continue;
    cookies.append(cookies.empty() ? "" : "; ").append(name).append("=").append(value);
  }
  if (!cookies.empty()) request.append("Cookie: ").append(cookies).append("\r\n");
  for (const auto& [name, value] : more) request.append(name).append(": ").append(value).append("\r\n");
  if (method != "GET") request.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  request.append("\r\n").append(body);
  auto answer = parsed(exchange(server_, source_, request));
  take_cookies(answer);
  return answer;
}

void Browser::take_cookies(const Answer& answer) {
  for (const auto& [name, value] : answer.fields) {
    if (name == "set-cookie") take_cookie(value);
  }
}

void Browser::take_cookie(const std::string& value) {
  const auto equals = value.find('=');
  const auto name = value.substr(0, equals);
  if (value.find("Max-Age=0;") != std::string::npos) {
    jar.erase(name);
    return;
  }
  jar[name] = value.substr(equals + 1, value.find(';') - equals - 1);
  const auto path = value.find("; Path=") + 7;
  paths_[name] = value.substr(path, value.find(';', path) - path);
}

}  // namespace dontgoback::test
