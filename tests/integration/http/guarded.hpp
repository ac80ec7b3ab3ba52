#pragma once

#include <atomic>
#include <catch2/catch.hpp>

#include "test_server.hpp"

namespace dontgoback::http::testing {

struct Row {
  std::string bytes;
  int status = 400;
};

/// A server that has something to smuggle a request to.
struct Guarded : TestServer {
  Guarded() {
    add(Method::get, "/hello", Lane::inline_, kNoBody, [](const Request&) { return text(200, "hello"); });
    add(Method::post, "/echo", Lane::inline_, 64 * 1024,
        [](const Request& request) { return text(200, std::string(request.body)); });
    add(Method::get, "/second", Lane::inline_, kNoBody, [this](const Request&) {
      ++seconds;
      return text(200, "second");
    });
    start();
  }
  ~Guarded() { stop(); }

  /// The row is answered as it says, the connection is ended, and what follows is not taken for a request of its own.
  void refuses(const Row& row) {
    INFO(row.bytes.substr(0, 160));
    auto peer_here = peer();
    const auto reply = peer_here.ask(row.bytes + "\r\n\r\nGET /second HTTP/1.1\r\nHost: t\r\n\r\n");
    CHECK(reply.status == row.status);
    CHECK(reply.body.find("\"F-" + std::to_string(row.status) + "\"") != std::string::npos);
    CHECK(reply.header("connection") == "close");
    CHECK(peer_here.at_end());
    CHECK(seconds == 0);
    CHECK(get("/hello").status == 200);
  }

  std::atomic<int> seconds{0};
};

inline std::string with(std::string_view fields, std::string_view body = {}) {
  return std::string("POST /echo HTTP/1.1\r\nHost: t\r\n").append(fields).append("\r\n").append(body);
}
inline std::string chunks(std::string_view body) { return with("Transfer-Encoding: chunked\r\n", body); }
inline std::string target(std::string_view text) {
  return std::string("GET ").append(text).append(" HTTP/1.1\r\nHost: t\r\n\r\n");
}
inline std::string host(std::string_view value) {
  return std::string("GET /hello HTTP/1.1\r\nHost: ").append(value).append("\r\n\r\n");
}

}  // namespace dontgoback::http::testing
