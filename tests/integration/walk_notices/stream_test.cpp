// Live: what is told while a stream is open, and what it missed.
#include "../http/peer.hpp"
#include "notices_talk.hpp"
#include "support/json.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using walk::notices::Kind;
using walk::notices::Streams;

namespace {

unsigned short port_of(const std::string& address) {
  return static_cast<unsigned short>(std::stoi(address.substr(address.rfind(':') + 1)));
}

/// What a page's EventSource does.
class EventSource {
 public:
  EventSource(Notices& n, const Notices::Walker& who, std::string_view more = "")
      : peer_(port_of(n.world.node.address())) {
    peer_.send("GET /api/v1/walkers/notifications/stream HTTP/1.0\r\nHost: test\r\nX-Walker: " +
               std::to_string(who.id.value) + "\r\n" + std::string(more) + "\r\n");
    head = peer_.read_head();
  }
  boost::json::value next(std::string_view name) {
    const auto begin = "event: " + std::string(name) + "\ndata: ";
    for (;;) {
      auto text = peer_.read_until("\n\n");
      if (text.starts_with("id: ")) {
        last_id = text.substr(4, text.find('\n') - 4);
        text.erase(0, text.find('\n') + 1);
      }
      if (text.starts_with(begin)) return json_at(text.substr(begin.size()), "");
    }
  }
  std::int64_t unread() { return next("unread").at("unreadCount").as_int64(); }
  bool ended() {
    try {
      for (;;) peer_.read_until("\n\n");
    } catch (const std::runtime_error& error) {
      return std::string_view(error.what()).starts_with("ended");
    }
  }

  http::testing::Reply head;
  std::string last_id;

 private:
  http::testing::Peer peer_;
};

void pass(Notices& n) { n.world.clock.advance(2 * Streams::kPace.pause); }

}  // namespace

TEST_CASE("Who is told something hears it at once, with the list's own object and number") {
  Notices n(ON_EACH_DATABASE());
  EventSource stream(n, n.ann);
  CHECK(stream.head.status == 200);
  CHECK(stream.head.header("content-type") == "text/event-stream");
  CHECK(stream.unread() == 0);
  pass(n);
  n.tell(n.ann, Kind::cheer, n.bob);
  CHECK(stream.next("notification") == n.list(n.ann).at("/data/notifications/0"));
  CHECK(stream.last_id == "1");
  CHECK(stream.unread() == 1);

  n.tell(n.bob, Kind::cheer, n.ann);
  pass(n);
  n.tell(n.ann, Kind::friend_request, n.cat);
  EventSource resumed(n, n.ann, "Last-Event-ID: 1\r\n");
  CHECK(resumed.next("notification").at("kind").as_string() == "FRIEND_REQUEST");
  CHECK(stream.next("notification").at("kind").as_string() == "FRIEND_REQUEST");
}

TEST_CASE("A stream ends when its session does, here or elsewhere") {
  Notices n(ON_EACH_DATABASE());
  EventSource stream(n, n.ann), other(n, n.bob);
  CHECK(stream.unread() == 0);
  CHECK(other.unread() == 0);
  n.world.set_status(n.ann, walk::walkers::Status::suspended);
  n.made->state.publish(walk::walkers::kSessionEndedTopic, std::to_string(n.ann.id.value));
  CHECK(stream.ended());
  n.tell(n.bob, Kind::cheer, n.cat);
  pass(n);
  CHECK(other.unread() == 1);
}
