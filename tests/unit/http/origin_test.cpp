// Who asks: forwarding headers, the cross-site rule, the language.
#include <catch2/catch.hpp>
#include <stdexcept>

#include "http/server/browser_policy.hpp"
#include "http/server/forwarding.hpp"
#include "http/server/pipeline.hpp"

using namespace dontgoback::http;

namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

FieldList fields_of(const Headers& headers) {
  FieldList fields;
  for (const auto& [name, value] : headers) fields.add(name, value);
  return fields;
}

}  // namespace

TEST_CASE("An address is read and written in one spelling") {
  CHECK(Address::parse("127.0.0.1")->text() == "127.0.0.1");
  CHECK(Address::parse("::ffff:10.1.2.3")->text() == "10.1.2.3");
  CHECK(Address::parse("::ffff:10.1.2.3") == Address::parse("10.1.2.3"));
  CHECK(Address::parse("2001:DB8:0::1")->text() == "2001:db8::1");
  for (const auto* bad : {"", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4 ", "localhost", "::g", "[::1]",
                          "fe80::1%eth0", "01.2.3.4", "1.2.3.04"}) {
    CHECK_FALSE(Address::parse(bad).has_value());
  }
  CHECK_FALSE(Address::parse(std::string_view("127.0.0.1\0.example", 18)).has_value());
}

TEST_CASE("A network holds its addresses and no others") {
  const Networks networks({"10.9.9.9/8", "192.168.1.128/25", "203.0.113.7", "2001:db8::/32", "::ffff:172.16.0.0/108"});
  for (const auto* in : {"10.255.0.1", "::ffff:10.0.0.1", "192.168.1.128", "192.168.1.255", "203.0.113.7",
                         "2001:db8:ffff::1", "172.31.0.1"}) {
    CHECK(networks.contains(*Address::parse(in)));
  }
  for (const auto* out : {"11.0.0.1", "192.168.1.127", "203.0.113.8", "172.32.0.1", "2001:db9::1", "::", "::1"}) {
    CHECK_FALSE(networks.contains(*Address::parse(out)));
  }
  CHECK(Networks({"0.0.0.0/0"}).contains(*Address::parse("8.8.8.8")));
  CHECK_FALSE(Networks({"0.0.0.0/0"}).contains(*Address::parse("2001:db8::1")));
  for (const auto* bad : {"", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x", "10.0.0.0/+8", "10.0.0.0/ 8",
                          "10.0.0.0/8/8", "[::1]", "10.0.0.1:80", "::/129", "home"}) {
    CHECK_THROWS_AS(Networks({bad}), std::invalid_argument);
  }
}

TEST_CASE("The client's address: the rightmost entry that is no trusted proxy, if a trusted proxy says it") {
  struct Row {
    std::string peer;
    Headers headers;
    std::string client;
    bool doubtful = false;
    bool malformed = false;
  };
  const Row row = GENERATE(values<Row>({
      {"198.51.100.9", {}, "198.51.100.9"},
      {"10.0.0.1", {}, "10.0.0.1", true},
      {"198.51.100.9", {{"Via", "1.1 x"}}, "198.51.100.9", true},
      {"198.51.100.9", {{"X-Forwarded-Host", "x"}}, "198.51.100.9", true},
      {"198.51.100.9", {{"X-FORWARDED-PROTO", "https"}}, "198.51.100.9", true},
      {"198.51.100.9", {{"CF-Connecting-IP", "1.2.3.4"}}, "198.51.100.9", true},
      {"198.51.100.9", {{"True-Client-IP", "1.2.3.4"}}, "198.51.100.9", true},
      {"198.51.100.9", {{"Accept", "*/*"}, {"Authorization", "x"}, {"User-Agent", "x"}}, "198.51.100.9"},
      {"198.51.100.9", {{"X-Forwarded-For", "1.2.3.4"}}, "198.51.100.9", true},
      {"198.51.100.9", {{"Forwarded", "for=1.2.3.4"}}, "198.51.100.9", true},
      {"198.51.100.9", {{"x-real-ip", "1.2.3.4"}}, "198.51.100.9", true},
      {"10.0.0.1", {{"X-Forwarded-For", "1.2.3.4"}}, "1.2.3.4"},
      {"10.0.0.1", {{"X-Forwarded-For", "6.6.6.6, 1.2.3.4"}}, "1.2.3.4"},
      {"10.0.0.1", {{"X-Forwarded-For", "6.6.6.6, 1.2.3.4, 10.0.0.2,10.9.9.9"}}, "1.2.3.4"},
      {"10.0.0.1", {{"X-Forwarded-For", "6.6.6.6"}, {"X-Forwarded-For", "1.2.3.4, 10.0.0.2"}}, "1.2.3.4"},
      {"10.0.0.1", {{"X-Forwarded-For", "1.2.3.4"}, {"X-Forwarded-For", "10.0.0.2"}}, "1.2.3.4"},
      {"10.0.0.1", {{"X-Forwarded-For", "10.0.0.3, 10.0.0.2"}}, "10.0.0.3"},
      {"10.0.0.1", {{"X-Forwarded-For", "::ffff:1.2.3.4"}}, "1.2.3.4"},
      {"::ffff:10.0.0.1", {{"X-Forwarded-For", "2001:db8::7"}}, "2001:db8::7"},
      {"10.0.0.1", {{"X-Forwarded-For", "1.2.3.4:5678"}}, "1.2.3.4"},
      {"10.0.0.1", {{"X-Forwarded-For", "[2001:db8::7]:99"}}, "2001:db8::7"},
      {"10.0.0.1", {{"X-Forwarded-For", "nonsense, 1.2.3.4"}}, "1.2.3.4"},
      {"10.0.0.1", {{"X-Forwarded-For", "1.2.3.4, nonsense"}}, "", true, true},
      {"10.0.0.1", {{"X-Forwarded-For", "1.2.3.4"}, {"X-Forwarded-For", "unknown"}}, "", true, true},
      {"10.0.0.1", {{"X-Forwarded-For", "1.2.3.4:"}}, "", true, true},
      {"10.0.0.1", {{"X-Forwarded-For", "1.2.3.4:99999"}}, "", true, true},
      {"10.0.0.1", {{"X-Forwarded-For", "1.2.3.4:+1"}}, "", true, true},
      {"10.0.0.1", {{"X-Forwarded-For", "[1.2.3.4]"}}, "", true, true},
      {"10.0.0.1", {{"X-Forwarded-For", "[2001:db8::7]x"}}, "", true, true},
      {"10.0.0.1", {{"X-Forwarded-For", "[2001:db8::7"}}, "", true, true},
      {"10.0.0.1", {{"X-Forwarded-For", "2001:db8::7]"}}, "", true, true},
      {"10.0.0.1", {{"X-Forwarded-For", "1.2.3.4 5.6.7.8"}}, "", true, true},
      {"10.0.0.1", {{"X-Forwarded-For", "01.2.3.4"}}, "", true, true},
      {"10.0.0.1", {{"X-Forwarded-For", "\"1.2.3.4\""}}, "", true, true},
      {"10.0.0.1", {{"X-Forwarded-For", "10.0.0.2, unknown"}}, "", true, true},
      {"10.0.0.1", {{"X-Forwarded-For", "[2001:db8::7]"}}, "2001:db8::7"},
      {"10.0.0.1", {{"X-Forwarded-For", ""}}, "10.0.0.1", true},
      {"10.0.0.1", {{"X-Forwarded-For", " , ,"}}, "10.0.0.1", true},
      {"10.0.0.1", {{"X-Forwarded-For", ""}, {"X-Real-IP", "1.2.3.4"}}, "10.0.0.1", true},
      {"10.0.0.1", {{"Forwarded", "for=1.2.3.4"}}, "10.0.0.1", true},
      {"10.0.0.1", {{"X-Forwarded-For", "1.2.3.4"}, {"X-Real-IP", "6.6.6.6"}, {"Via", "1.1 x"}}, "1.2.3.4"},
      {"10.0.0.1", {{"X-Forwarded-For", "1.2.3.4,"}}, "1.2.3.4"},
      {"10.0.0.1", {{"X-Real-IP", "1.2.3.4"}}, "10.0.0.1", true},
  }));
  const Networks trusted({"10.0.0.0/8"});
  const auto fields = fields_of(row.headers);
  const auto origin = origin_of(*Address::parse(row.peer), fields, trusted);
  INFO(row.peer << " " << (row.headers.empty() ? "" : row.headers.front().second));
  CHECK(is_doubtful(origin, fields) == row.doubtful);
  CHECK(origin.malformed == row.malformed);
  if (!row.malformed) CHECK(origin.client.text() == row.client);
}

TEST_CASE("A field that proxies add is known as such, by whatever vendor") {
  for (const auto* name : {"Via",
                           "Forwarded",
                           "X-Forwarded-For",
                           "x-forwarded-host",
                           "X-Forwarded-Port",
                           "X-Forwarded-Server",
                           "X-Real-IP",
                           "X-Client-IP",
                           "Client-IP",
                           "X-Cluster-Client-IP",
                           "True-Client-IP",
                           "CF-Connecting-IP",
                           "CF-Ray",
                           "CF-Visitor",
                           "CDN-Loop",
                           "Fastly-Client-IP",
                           "Fly-Client-IP",
                           "X-Azure-ClientIP",
                           "X-Azure-SocketIP",
                           "X-Envoy-External-Address",
                           "X-Original-Forwarded-For",
                           "X-Original-URL",
                           "X-Appengine-User-IP",
                           "X-Amzn-Trace-Id",
                           "X-Vercel-Forwarded-For",
                           "X-ProxyUser-Ip",
                           "WL-Proxy-Client-IP",
                           "Proxy-Connection",
                           "X-Scheme",
                           "Akamai-Origin-Hop",
                           "Incap-Client-IP",
                           "X-Sucuri-ClientIP",
                           "X-Remote-Addr",
                           "Remote-Addr",
                           "X-Varnish",
                           "Surrogate-Capability",
                           "X-Forwarded",
                           "CloudFront-Viewer-Address"}) {
    INFO(name);
    CHECK(is_forwarding_field(name));
  }
  for (const auto* name : {"Host", "Accept", "Authorization", "DPoP", "Content-Type", "Content-Length", "User-Agent",
                           "X-Request-Id", "Connection", "Idempotency-Key", "traceparent", "Cookie", "Origin"}) {
    INFO(name);
    CHECK_FALSE(is_forwarding_field(name));
  }
}

TEST_CASE("The cross-site rule, row by row") {
  struct Row {
    Headers headers;
    bool unsafe_refused;
    bool toggle_refused;
  };
  const std::string ours = "https://dontgoback.example";
  const std::string theirs = "https://evil.example";
  const Row row = GENERATE_COPY(values<Row>({
      {{{"Sec-Fetch-Site", "same-origin"}}, false, false},
      {{{"Sec-Fetch-Site", "same-origin"}, {"Origin", theirs}}, false, false},
      {{{"Sec-Fetch-Site", "cross-site"}}, true, true},
      {{{"Sec-Fetch-Site", "same-site"}}, true, true},
      {{{"Sec-Fetch-Site", "none"}}, true, true},
      {{{"Sec-Fetch-Site", "cross-site"}, {"Origin", ours}}, false, false},
      {{{"Sec-Fetch-Site", "same-site"}, {"Origin", theirs}}, true, true},
      {{{"Sec-Fetch-Site", "cross-site"}, {"Referer", ours + "/x"}}, true, true},
      {{{"Origin", ours}}, false, false},
      {{{"Origin", theirs}}, true, true},
      {{{"Origin", "null"}}, true, true},
      {{{"Origin", "http://dontgoback.example"}}, true, true},
      {{{"Origin", ours + ":444"}}, true, true},
      {{{"Origin", ours + ".evil.example"}}, true, true},
      {{}, false, false},
      {{{"Referer", ours + "/feed?x=1"}}, false, false},
      {{{"Referer", ours}}, false, false},
      {{{"Referer", theirs + "/"}}, false, true},
      {{{"Referer", ours + ".evil.example/"}}, false, true},
      {{{"Referer", "https://dontgoback.example@evil.example/"}}, false, true},
      {{{"Referer", "about:blank"}}, false, true},
      {{{"Origin", ours}, {"Referer", theirs}}, false, false},
  }));
  const BrowserPolicy policy({"HTTPS://DontGoBack.example:443/"});
  const auto fields = fields_of(row.headers);
  INFO((row.headers.empty() ? "nothing" : row.headers.front().first + " " + row.headers.front().second));
  CHECK(policy.refuses(fields, false) == row.unsafe_refused);
  CHECK(policy.refuses(fields, true) == row.toggle_refused);
}

TEST_CASE("Origins are compared as browsers write them") {
  const BrowserPolicy policy({"http://localhost:5173", "http://plain.example:80", "https://[::1]:8443"});
  CHECK(policy.allows("http://localhost:5173"));
  CHECK(policy.allows("http://plain.example"));
  CHECK(policy.allows("https://[::1]:8443"));
  CHECK_FALSE(policy.allows("http://localhost"));
  CHECK_FALSE(policy.allows("https://plain.example"));
  CHECK_FALSE(policy.allows(""));
  for (const auto* bad : {"", "*", "localhost:5173", "ftp://x", "https://", "null"}) {
    CHECK_THROWS_AS(BrowserPolicy({bad}), std::invalid_argument);
  }
}

TEST_CASE("A prefetch says so in one of two headers") {
  CHECK(is_prefetch(fields_of({{"Sec-Purpose", "prefetch"}})));
  CHECK(is_prefetch(fields_of({{"Sec-Purpose", "prefetch;prerender"}})));
  CHECK(is_prefetch(fields_of({{"Purpose", "prefetch"}})));
  CHECK_FALSE(is_prefetch(fields_of({{"Purpose", "none"}})));
  CHECK_FALSE(is_prefetch(fields_of({})));
}

TEST_CASE("English is for those who prefer it") {
  for (const auto* english :
       {"en", "en-US,en;q=0.9", "EN", "fr, en;q=0.5", "ko;q=0.5,en;q=0.6", "en;q=0.001, de", "ko;q=0, en"}) {
    INFO(english);
    CHECK(language_of(english) == Language::en);
  }
  for (const auto* korean : {"", "ko", "ko-KR,ko;q=0.9,en;q=0.8", "fr", "*", "en;q=0", "en;q=x", "en;q=0.5,ko;q=0.5",
                             "eng", "en;q=0.5, *;q=0.8", ",;,"}) {
    INFO(korean);
    CHECK(language_of(korean) == Language::ko);
  }
}
