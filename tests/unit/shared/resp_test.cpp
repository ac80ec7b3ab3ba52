#include "shared/redis/resp.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace dontgoback::shared;
using Kind = Reply::Kind;

namespace {

Reply only_reply(std::string_view bytes) {
  ReplyReader reader;
  reader.feed(bytes);
  auto reply = reader.next();
  REQUIRE(reply);
  CHECK_FALSE(reader.next());
  return *reply;
}

}  // namespace

TEST_CASE("replies of each kind") {
  CHECK(only_reply("+PONG\r\n").text == "PONG");
  CHECK(only_reply("+PONG\r\n").kind == Kind::status);
  CHECK(only_reply("-ERR no\r\n").kind == Kind::error);
  CHECK(only_reply(":-7\r\n").integer == -7);
  CHECK(only_reply("$-1\r\n").kind == Kind::nil);
  CHECK(only_reply("*-1\r\n").kind == Kind::nil);
  CHECK(only_reply("*0\r\n").kind == Kind::array);
  CHECK(only_reply(std::string_view("$3\r\na\0\n\r\n", 9)).text == std::string("a\0\n", 3));
  const auto message = only_reply("*3\r\n$7\r\nmessage\r\n*1\r\n:1\r\n$-1\r\n");
  REQUIRE(message.elements.size() == 3);
  CHECK(message.elements[0].text == "message");
  CHECK(message.elements[1].elements.at(0).integer == 1);
  CHECK(message.elements[2].kind == Kind::nil);
}

TEST_CASE("a reply may come byte by byte, and several at once") {
  const std::string bytes = "*2\r\n$4\r\npong\r\n$0\r\n\r\n";
  ReplyReader reader;
  for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
    reader.feed(bytes.substr(i, 1));
    CHECK_FALSE(reader.next());
  }
  reader.feed("\n:1\r\n:2\r\n");
  CHECK(reader.next()->elements.at(0).text == "pong");
  CHECK(reader.next()->integer == 1);
  CHECK(reader.next()->integer == 2);
}

TEST_CASE("what is no RESP2, or more than is asked for, is given up") {
  const std::string many = "*" + std::to_string(ReplyReader::kMostElements + 1) + "\r\n";
  const std::string large(ReplyReader::kLongestText + 1, 'x');
  for (const std::string& bytes :
       {std::string("HTTP/1.1 400 Bad Request\r\n"), std::string("?\r\n"), std::string(":x\r\n"), std::string("$x\r\n"),
        std::string("*2147483647\r\n"), std::string("*-2\r\n"), many, std::string("*1\r\n") + many,
        "$" + std::to_string(large.size()) + "\r\n" + large + "\r\n"}) {
    CAPTURE(bytes.substr(0, 40));
    ReplyReader reader;
    const auto read = [&] {
      reader.feed(bytes);
      reader.next();
    };
    CHECK_THROWS_AS(read(), NotUnderstood);
  }
}

TEST_CASE("an answer without end is not kept") {
  ReplyReader reader;
  reader.feed("$500000000\r\n");
  const std::string some(8 * 1024, 'x');
  const auto go_on = [&] {
    for (int i = 0; i < 100; ++i) {
      reader.feed(some);
      CHECK_FALSE(reader.next());
    }
  };
  CHECK_THROWS_AS(go_on(), NotUnderstood);
}

TEST_CASE("a reader may go with a reply half read") {
  ReplyReader reader;
  reader.feed("*3\r\n$7\r\nmessage\r\n*2\r\n$3\r\nabc\r\n");
  CHECK_FALSE(reader.next());
}

TEST_CASE("commands are sent word by word, whatever they hold") {
  CHECK(command("PING") == "*1\r\n$4\r\nPING\r\n");
  const std::string odd("\r\n\0", 3);
  CHECK(command("PUBLISH", "a b", odd, "") == "*4\r\n$7\r\nPUBLISH\r\n$3\r\na b\r\n$3\r\n" + odd + "\r\n$0\r\n\r\n");
}
