#include <catch2/catch.hpp>
#include <stdexcept>

#include "http/client/pooled_client.hpp"

using namespace dontgoback::http;

TEST_CASE("A call to what is no URL of a server is refused") {
  const auto client = make_client();
  CHECK_THROWS_AS(client->send({.url = "http://u:p@a/", .headers = {}, .body = {}}), std::invalid_argument);
  CHECK_THROWS_AS(client->why_no_answer("a.example"), std::invalid_argument);
}

TEST_CASE("A call that would write two lines for one is refused") {
  const auto client = make_client();
  ClientRequest request{.url = "http://127.0.0.1:1/", .headers = {{"A", "b\r\nC: d"}}, .body = {}};
  CHECK_THROWS_AS(client->send(request), std::invalid_argument);
}
