// Which certificate a server shows, and when it takes up another.
#include <catch2/catch.hpp>
#include <fstream>

#include "http/client/pooled_client.hpp"
#include "https.hpp"

using namespace dontgoback;
using namespace dontgoback::http;
using namespace dontgoback::http::testing;

namespace {

void copy(const std::string& from, const std::string& to) {
  std::ofstream(to, std::ios::binary) << std::ifstream(from, std::ios::binary).rdbuf();
}

}  // namespace

TEST_CASE("TLS: new files are taken up, those that cannot serve are not") {
  const Certificates first("DNS:localhost");
  const Certificates second("DNS:localhost");
  Https server(first);
  server.start();
  const auto trusts = [&](const Certificates& certificates) {
    ClientRequest request;
    request.url = "https://localhost:" + std::to_string(server.port) + "/hello";
    return bool(make_client({.extra_ca_file = certificates.file("ca.pem")})->send(request));
  };
  TlsPeer stays(server.port);
  CHECK(trusts(first));
  copy(second.file("node.pem"), first.file("node.pem"));
  for (int i = 0; i < 2; ++i) server.certificate.look();  // with the former key
  CHECK(trusts(first));
  const auto now = time::SystemClock{}.now();
  CHECK_THAT(server.certificate.finding(now).text, Catch::Contains("is not the key of"));
  copy(second.file("node.key"), first.file("node.key"));
  server.certificate.look();
  CHECK(trusts(second));
  CHECK_FALSE(trusts(first));
  CHECK(server.certificate.finding(now).text.empty());
  CHECK(stays.ask(kHello) == "hello");
}

TEST_CASE("TLS: a certificate that ends soon is noted, one that has ended too") {
  const Certificates certificates("DNS:localhost", 20);
  const ServerCertificate served({certificates.file("node.pem"), certificates.file("node.key")});
  const auto now = time::SystemClock{}.now();
  using std::chrono::hours;
  CHECK(served.ends() > now + hours(19 * 24));
  CHECK(served.finding(now).text.empty());
  CHECK_THAT(served.finding(now + hours(10 * 24)).text, Catch::Contains("node.pem ends at"));
  CHECK_THAT(served.finding(now + hours(21 * 24)).text, Catch::Contains("has ended at"));
}

TEST_CASE("TLS: files that cannot serve are refused with their name") {
  const Certificates one("DNS:localhost");
  const Certificates other("DNS:localhost");
  using Catch::Contains;
  CHECK_THROWS_WITH(ServerCertificate({one.file("none.pem"), one.file("node.key")}), Contains("none.pem"));
  CHECK_THROWS_WITH(ServerCertificate({one.file("node.pem"), other.file("node.key")}), Contains("is not the key of"));
}
