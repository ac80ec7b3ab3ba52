// What is said of another node, by how it answers.
#include <catch2/catch.hpp>
#include <chrono>

#include "dontgoback/http/peer.hpp"
#include "http/client/pooled_client.hpp"
#include "telemetry/registry.hpp"

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

TEST_CASE("how calls ended is counted, and when one last came to nothing") {
  const auto client = make_client();
  telemetry::MetricsRegistry metrics;
  const auto value = [&metrics](std::string_view name) {
    double found = 0;
    metrics.each(name, [&found](std::string_view labels, double each) {
      if (labels.starts_with("node=\"other\"")) found += each;
    });
    return found;
  };
  const auto last = [&] { return value("dontgoback_node_call_last_failure_timestamp_seconds"); };
  {
    http::Peer node(*client, "the other node", "--other-url");
    node.no_answer("http://127.0.0.1:1/");  // before anybody counts
    node.count_in(metrics, "other");
    node.answered();
    CHECK(value("dontgoback_node_calls_total") == 1);
    CHECK(last() == 0);
    const std::chrono::duration<double> now = std::chrono::system_clock::now().time_since_epoch();
    node.no_answer("http://127.0.0.1:1/");
    CHECK(last() >= now.count() - 1);
    CHECK(last() <= now.count() + 60);
    node.answered();
    CHECK(last() > 0);
    CHECK(value("dontgoback_node_calls_total") == 3);
  }
  CHECK(last() > 0);  // the metrics outlive it
}
