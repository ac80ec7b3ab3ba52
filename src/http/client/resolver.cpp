#include "http/client/resolver.hpp"

#include <netdb.h>

#include <stdexcept>
#include <thread>

namespace dontgoback::http {
namespace asio = boost::asio;
namespace {

struct Found {
  Resolver::Endpoints endpoints;
  std::string error;
};

Found look_up(const std::string& host, const std::string& port, int flags) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags | AI_NUMERICSERV;
  addrinfo* list = nullptr;
  Found result;
  if (const int error = getaddrinfo(host.c_str(), port.c_str(), &hints, &list); error != 0) {
    result.error = gai_strerror(error);
    return result;
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(list, &freeaddrinfo);
  for (const auto* each = list; each != nullptr; each = each->ai_next) {
    asio::ip::tcp::endpoint endpoint;
    if (each->ai_addrlen > endpoint.capacity()) continue;
    std::copy_n(reinterpret_cast<const char*>(each->ai_addr), each->ai_addrlen,
                reinterpret_cast<char*>(endpoint.data()));
    endpoint.resize(each->ai_addrlen);
    result.endpoints.push_back(endpoint);
  }
  return result;
}

}  // namespace

Resolver::Endpoints Resolver::resolve(const std::string& host, const std::string& port,
                                      std::chrono::steady_clock::time_point deadline) {
  if (auto numeric = look_up(host, port, AI_NUMERICHOST); !numeric.endpoints.empty()) return numeric.endpoints;

  const auto key = host + " " + port;
  std::unique_lock lock(state_->mutex);
  auto& running = state_->running[key];
  if (!running) {
    running = std::make_shared<Lookup>();
    std::thread([state = state_, lookup = running, key, host, port] {
      auto result = look_up(host, port, AI_ADDRCONFIG);
      const std::lock_guard done(state->mutex);
      lookup->found = std::move(result.endpoints);
      lookup->error = std::move(result.error);
      lookup->done = true;
      state->running.erase(key);
      state->changed.notify_all();
    }).detach();
  }
  const auto lookup = running;
  if (!state_->changed.wait_until(lock, deadline, [&] { return lookup->done; })) {
    throw std::runtime_error("host name lookup took too long");
  }
  if (lookup->found.empty()) throw std::runtime_error("host name lookup: " + lookup->error);
  return lookup->found;
}

}  // namespace dontgoback::http
