#pragma once

#include <functional>
#include <future>
#include <memory>
#include <string>

#include "dontgoback/http/error.hpp"
#include "http/server/server.hpp"
#include "peer.hpp"
#include "telemetry/registry.hpp"

namespace dontgoback::http::testing {

/// A server on a port of its own, with the routes a test gives it. What its handlers use outlives it: a fixture with
/// members of its own stops it in the destructor, a test declares what it captures before it.
class TestServer {
 public:
  TestServer() {
    settings.listen = {"127.0.0.1:0"};
    settings.management_listen = "127.0.0.1:0";
    settings.io_threads = 2;
    settings.limits.sweep = std::chrono::milliseconds(10);
    settings.request_log = false;
  }

  void add(Method method, std::string_view path, Lane lane, std::size_t body, Handler handler) {
    routes.add({method, path, Access::anyone(), lane, body, std::move(handler)});
  }
  /// `before_run` may change the server.
  void start(const std::function<void(Server&)>& before_run = [](Server&) {}) {
    server = std::make_unique<Server>(settings, routes, management, metrics);
    port = port_of(server->addresses().front());
    management_port = port_of(server->management_address());
    before_run(*server);
    server->run();
  }
  void stop() { server.reset(); }
  Peer peer() const { return Peer(port); }
  Reply get(std::string_view path, std::string_view more_headers = {}) const {
    return peer().ask(request("GET", path, more_headers));
  }
  static std::string request(std::string_view method, std::string_view path, std::string_view more_headers = {},
                             std::string_view body = {}) {
    std::string text(method);
    text.append(" ").append(path).append(" HTTP/1.1\r\nHost: test\r\n").append(more_headers);
    if (!body.empty()) text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
    return text.append("\r\n").append(body);
  }
  bool measures(std::string_view line) const { return metrics.text().find(line) != std::string::npos; }

  ServerSettings settings;
  RouteTable routes;
  RouteTable management;
  telemetry::MetricsRegistry metrics;
  std::unique_ptr<Server> server;
  unsigned short port = 0;
  unsigned short management_port = 0;

 private:
  static unsigned short port_of(const std::string& address) {
    return static_cast<unsigned short>(std::stoi(address.substr(address.rfind(':') + 1)));
  }
};

/// Holds handlers until it is opened.
class Gate {
 public:
  void wait() const { opened_.wait(); }
  void open() { promise_.set_value(); }

 private:
  std::promise<void> promise_;
  std::shared_future<void> opened_{promise_.get_future()};
};

}  // namespace dontgoback::http::testing
