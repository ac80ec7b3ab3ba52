#include <catch2/catch.hpp>
#include <set>
#include <stdexcept>

#include "dontgoback/mail/message.hpp"
#include "jobs/migrations.hpp"
#include "jobs/outbox.hpp"
#include "support/databases.hpp"
#include "support/set_clock.hpp"

using namespace dontgoback;

namespace {

const mail::Message kMessage{"a@b.kr", "로그인 \"링크\" 😀", "첫째\t줄\n\\\n", "<p class=\"x\">첫째 줄</p>\n",
                             time::Timestamp(std::chrono::milliseconds(1'800'000'000'123))};

std::vector<std::string> payloads(storage::Database& database) {
  std::vector<std::string> found;
  database.read([&](storage::Connection& connection) {
    connection.each("SELECT payload FROM outbox WHERE topic = :topic ORDER BY id", storage::args(mail::kTopic),
                    [&](std::string_view payload) { found.emplace_back(payload); });
  });
  return found;
}

}  // namespace

TEST_CASE("what is sent can be read again, under an id of its own", "[mail]") {
  test::for_each_database(jobs::migrations(), [](storage::Database& database) {
    test::SetClock clock;
    jobs::DatabaseOutbox outbox(database, clock, "test");
    for (int i = 0; i < 2; ++i) {
      database.write([&](storage::Connection& connection) { mail::send(outbox, connection, kMessage); });
    }
    std::set<std::string> ids;
    for (const auto& payload : payloads(database)) {
      const auto letter = mail::read(payload);
      REQUIRE(letter);
      ids.insert(letter->id);
      CHECK(letter->message.to == kMessage.to);
      CHECK(letter->message.subject == kMessage.subject);
      CHECK(letter->message.text == kMessage.text);
      CHECK(letter->message.html == kMessage.html);
      CHECK(letter->message.until == kMessage.until);
    }
    CHECK(ids.size() == 2);
    const auto listed =
        database.read([&](storage::Connection& connection) { return outbox.entries(connection, mail::kTopic, 10); });
    REQUIRE(listed.size() == 2);
    CHECK(listed[0].id < listed[1].id);
    CHECK(listed[0].state == jobs::Outbox::State::waiting);
    CHECK(listed[0].attempts == 0);
  });
}

TEST_CASE("what cannot be composed is refused before it is written", "[mail]") {
  test::for_each_database(jobs::migrations(), [](storage::Database& database) {
    test::SetClock clock;
    jobs::DatabaseOutbox outbox(database, clock, "test");
    const auto send = [&](const mail::Message& message) {
      database.write([&](storage::Connection& connection) { mail::send(outbox, connection, message); });
    };
    auto message = kMessage;
    message.to = "a@b.kr\r\nBcc: c@d.kr";
    CHECK_THROWS_AS(send(message), std::invalid_argument);
    message = kMessage;
    message.text = std::string(64 * 1024, 'x');
    CHECK_THROWS_AS(send(message), std::invalid_argument);
    CHECK(payloads(database).empty());
  });
}
