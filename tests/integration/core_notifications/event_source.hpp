#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "../http/peer.hpp"
#include "notifications_talk.hpp"

namespace dontgoback::test {

/// What a browser's EventSource does, one connection of it.
class EventSource {
 public:
  /// `more`: further header lines, each with its end.
  EventSource(const CoreNode& node, const Browser& browser, std::string_view query = "", std::string_view more = "")
      : peer_(node.port()) {
    std::string request = "GET /api/v1/notifications/stream" + std::string(query) + " HTTP/1.0\r\nHost: test\r\n";
    const auto cookie = browser.jar.find("access_token");
    if (cookie != browser.jar.end()) request += "Cookie: access_token=" + cookie->second + "\r\n";
    peer_.send(request.append(more).append("\r\n"));
    head = peer_.read_head();
  }

  /// The next block, without the blank line that ends it.
  std::string block() { return peer_.read_until("\n\n"); }
  /// The next event of that name: its data. The others are passed over.
  boost::json::value next(std::string_view name) {
    const auto begin = "event: " + std::string(name) + "\ndata: ";
    for (;;) {
      auto text = block();
      last_id.clear();
      if (text.starts_with("id: ")) {
        last_id = text.substr(4, text.find('\n') - 4);
        text.erase(0, text.find('\n') + 1);
      }
      if (text.starts_with(begin)) return json_at(text.substr(begin.size()), "");
    }
  }
  /// A like as `KIND count`.
  std::string told() {
    const auto event = next("notification");
    CHECK(last_id == std::to_string(event.at("notificationId").as_int64()));
    return std::string(event.at("kind").as_string()) + " " + std::to_string(event.at("count").as_int64());
  }
  std::int64_t unread() { return next("unread").at("unreadCount").as_int64(); }
  /// Whether the server ended it; what came before is read over.
  bool ended() {
    try {
      for (;;) last_block = block();
    } catch (const std::runtime_error& error) {
      return std::string_view(error.what()).starts_with("ended");
    }
  }
  void close() { peer_.close(); }

  http::testing::Reply head;
  std::string last_id;
  std::string last_block;

 private:
  http::testing::Peer peer_;
};

}  // namespace dontgoback::test
