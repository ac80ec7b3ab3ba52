// What is said of another node, by how it answers.
#include <catch2/catch.hpp>

#include "dontgoback/http/peer.hpp"
#include "http/client/pooled_client.hpp"

using namespace dontgoback;
using namespace dontgoback::http;
using Weight = telemetry::Finding::Weight;

TEST_CASE("each kind of answer is told apart, and a URL that is wrong is named") {
  const auto client = make_client();
  http::Peer node(*client, "the other node", "--other-url");
  const std::string url = "http://127.0.0.1:1/a/b";
  struct Row {
    int status;
    Weight weight;
    std::string words;
  };
  const auto row = GENERATE(values<Row>({{404, Weight::unready, "/a/b answers 404"},
                                         {405, Weight::unready, "--other-url"},
                                         {301, Weight::unready, "redirections"},
                                         {401, Weight::unready, "not you"},
                                         {403, Weight::unready, "not you"},
                                         {418, Weight::unready, "makes no sense"},
                                         {429, Weight::note, "429"},
                                         {502, Weight::note, "502"}}));
  node.answered_in_vain(url, row.status, "not you");
  CHECK(node.finding().weight == row.weight);
  CHECK_THAT(node.finding().text, Catch::Contains(row.words));
  node.not_understood(url);
  CHECK(node.finding().weight == Weight::unready);
  node.answered();
  CHECK(node.finding() == telemetry::Finding{});
}

TEST_CASE("who is away is a note that names the server and the cause") {
  const auto client = make_client();
  http::Peer node(*client, "the other node", "--other-url");
  ClientRequest request;
  request.url = "http://127.0.0.1:1/a/b";
  CHECK_FALSE(client->send(request));
  node.no_answer(request.url);
  CHECK(node.finding().weight == Weight::note);
  CHECK_THAT(node.finding().text, Catch::Contains("http://127.0.0.1:1: no connection"));
}
