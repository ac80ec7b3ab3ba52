// How often requests may come: by account, by address, by /48 and in total, before a body is read.
#include <catch2/catch.hpp>

#include "dontgoback/http/too_many.hpp"
#include "limits/memory_limiter.hpp"
#include "support/set_clock.hpp"
#include "test_server.hpp"

using namespace dontgoback;
using namespace dontgoback::http;
using namespace dontgoback::http::testing;
using namespace std::chrono_literals;

namespace {

/// Who asks says so: `guest 7`, `member 8`, `service`.
class ByName final : public Authenticator {
 public:
  Result<Identity> authenticate(const Request& request) const override {
    ++asked;
    const auto name = request.header("Authorization");
    Identity identity;
    if (name == "service") {
      identity.kind = Identity::Kind::service;
      return identity;
    }
    const auto number = name.substr(name.find(' ') + 1);
    if (name.empty()) return Failure{FailureKind::unauthenticated, {"로그인이 필요합니다.", "Please sign in."}};
    identity.kind = Identity::Kind::account;
    identity.user = UserId{std::stoll(std::string(number))};
    identity.role = name.starts_with("guest") ? Role::guest : Role::user;
    return identity;
  }
  mutable std::atomic<int> asked{0};
};

struct Limited : TestServer {
  Limited() {
    settings.limiter = &limiter;
    settings.trusted_proxies = {"127.0.0.1/32"};
    set(RouteClass::write, {"guest=3/1m", "member=6/1m", "address=10/1m", "site=15/1m", "total=20/1m"});
    set(RouteClass::read, {"guest=2/1m", "member=3/1m", "address=0", "site=0", "total=0"});
    set(RouteClass::sign_in, {"guest=1/1m", "member=1/1m", "address=2/1m", "site=0", "total=0"});
    const auto add_route = [this](Method method, std::string_view path, const Access& access, Lane lane) {
      routes.add({method, path, access, lane, method == Method::post ? 1'000'000U : kNoBody, [this](const Request&) {
                    ++acted;
                    return text(status, "acted");
                  }});
    };
    add_route(Method::post, "/api/write", Access::account(who).as(RouteClass::write), Lane::query);
    add_route(Method::get, "/api/read", Access::account(who).as(RouteClass::read), Lane::query);
    add_route(Method::post, "/api/sign-in", Access::account_if_any(who).as(RouteClass::sign_in), Lane::query);
    add_route(Method::post, "/api/link", Access::anyone().as(RouteClass::sign_in), Lane::inline_);
    add_route(Method::get, "/api/free", Access::account(who), Lane::query);
  }
  ~Limited() { stop(); }
  void set(RouteClass route_class, const std::vector<std::string>& entries) {
    auto& policy = settings.policies[static_cast<std::size_t>(route_class)];
    policy = limits::default_limits()[static_cast<std::size_t>(route_class)];
    REQUIRE_FALSE(limits::change(policy, entries));
  }
  Reply send(std::string_view method, std::string_view path, const std::string& name, const std::string& address,
             std::string_view body = "") {
    const auto as = name.empty() ? "" : "Authorization: " + name + "\r\n";
    return peer().ask(request(method, path, as + "Accept-Language: en\r\nX-Forwarded-For: " + address + "\r\n", body));
  }
  Reply write(const std::string& name, const std::string& address) { return send("POST", "/api/write", name, address); }
  /// How many go through at once.
  int writes(const std::string& name, const std::string& address) {
    int count = 0;
    while (write(name, address).status == 200) ++count;
    return count;
  }

  test::SetClock clock;
  limits::MemoryLimiter limiter{clock};
  ByName who;
  std::atomic<int> acted{0};
  std::atomic<int> status{200};
};

}  // namespace

TEST_CASE("An account has its share and gets it back, another one has its own") {
  Limited server;
  server.start();
  CHECK(server.writes("guest 1", "192.0.2.1") == 3);
  CHECK(server.acted == 3);
  const auto refused = server.write("guest 1", "192.0.2.1");
  CHECK(refused.status == 429);
  CHECK(refused.header("retry-after") == "20");
  CHECK(refused.header("ratelimit-policy") == R"("write";q=3;w=60)");
  CHECK(refused.header("ratelimit") == R"("write";r=0;t=20)");
  CHECK(refused.body == R"({"resultCode":"F-429","message":"That was too often in a short time. Please try again in )"
                        R"(20 seconds.","data":null})");
  CHECK(server.writes("guest 2", "192.0.2.1") == 3);
  CHECK(server.writes("member 3", "192.0.2.1") == 6);
  CHECK(server.write("guest 1", "192.0.2.77").status == 429);  // wherever it goes

  server.clock.advance(20s - 1ms);
  CHECK(server.write("guest 1", "192.0.2.1").header("retry-after") == "1");
  server.clock.advance(1ms);
  CHECK(server.writes("guest 1", "192.0.2.1") == 1);
  CHECK(server.acted == 13);
}

TEST_CASE("What is left is said with what costs more than a read, and with no redirect") {
  Limited server;
  server.start();
  auto answer = server.write("guest 1", "192.0.2.1");
  CHECK(answer.header("ratelimit-policy") == R"("write";q=3;w=60)");
  CHECK(answer.header("ratelimit") == R"("write";r=2;t=20)");
  server.clock.advance(500ms);
  answer = server.write("guest 1", "192.0.2.1");
  CHECK(answer.header("ratelimit") == R"("write";r=1;t=40)");
  server.status = 303;
  CHECK(server.write("guest 1", "192.0.2.1").header("ratelimit").empty());
  server.status = 200;
  CHECK(server.send("GET", "/api/read", "guest 1", "192.0.2.1").header("ratelimit").empty());
  CHECK(server.send("POST", "/api/sign-in", "", "192.0.2.1").header("ratelimit").empty());  // others share it
}

TEST_CASE("What a request has taken is not said with the next one on its connection") {
  Limited server;
  server.start();
  auto peer = server.peer();
  const auto as = "Authorization: guest 1\r\nX-Forwarded-For: 192.0.2.1\r\n";
  CHECK_FALSE(peer.ask(TestServer::request("POST", "/api/write", as)).header("ratelimit").empty());
  CHECK(peer.ask(TestServer::request("GET", "/api/free", as)).header("ratelimit").empty());
  CHECK(peer.ask(TestServer::request("POST", "/api/sign-in")).header("ratelimit").empty());
}

TEST_CASE("Who is refused takes nothing from the neighbours") {
  Limited server;
  server.start();
  CHECK(server.writes("guest 1", "192.0.2.1") == 3);
  for (int i = 0; i < 100; ++i) REQUIRE(server.write("guest 1", "192.0.2.1").status == 429);
  CHECK(server.writes("guest 2", "192.0.2.1") == 3);
  CHECK(server.writes("guest 3", "192.0.2.1") == 3);
  CHECK(server.writes("guest 4", "192.0.2.1") == 1);  // the tenth of the address
}

TEST_CASE("Guests of an address do not use up what its members have, nor the other way round") {
  Limited server;
  server.start();
  for (int i = 1; i <= 4; ++i) server.writes("guest " + std::to_string(i), "192.0.2.1");
  const auto refused = server.write("guest 5", "192.0.2.1");
  CHECK(refused.status == 429);
  CHECK(refused.header("retry-after") == "6");
  CHECK(refused.header("ratelimit-policy") == R"("write-address";q=10;w=60)");
  CHECK(refused.body.find("from this network") != std::string::npos);
  CHECK(server.writes("member 6", "192.0.2.1") == 6);
  CHECK(server.writes("member 7", "192.0.2.1") == 4);
  CHECK(server.write("member 8", "192.0.2.1").status == 429);
  CHECK(server.writes("member 8", "192.0.2.2") == 6);
  CHECK(server.writes("guest 5", "192.0.2.2") == 3);
}

TEST_CASE("An IPv6 address is its /64, and the networks of a /48 have a share together") {
  Limited server;
  server.start();
  int next = 0;
  const auto writes = [&](const std::string& address) {
    int count = 0;
    for (int more = 1; more > 0; count += more) more = server.writes("guest " + std::to_string(++next), address);
    return count;
  };
  CHECK(writes("2001:db8:1:1::1") == 10);
  CHECK(writes("2001:db8:1:1:ffff::2") == 0);
  CHECK(writes("2001:db8:1:2::1") == 5);
  const auto refused = server.write("guest 99", "2001:db8:1:3::1");
  CHECK(refused.header("ratelimit-policy") == R"("write-site";q=15;w=60)");
  CHECK(refused.header("retry-after") == "4");
  CHECK(writes("2001:db8:2:1::1") == 5);  // the twentieth in total
  CHECK(server.write("guest 99", "2001:db8:3::1").header("ratelimit-policy") == R"("write-total";q=20;w=60)");
  CHECK(writes("::ffff:192.0.2.1") == 0);
  server.clock.advance(3s);
  CHECK(writes("192.0.2.1") == 1);
  CHECK(server.writes("member 501", "2001:db8:1:1::1") == 6);
}

TEST_CASE("Who is not signed in counts by the address, and a failure to sign in does not") {
  Limited server;
  server.start();
  for (const auto* path : {"/api/sign-in", "/api/link"})
    CHECK(server.send("POST", path, "", "192.0.2.1").status == 200);
  for (const auto* path : {"/api/sign-in", "/api/link"})
    CHECK(server.send("POST", path, "", "192.0.2.1").status == 429);
  CHECK(server.send("POST", "/api/link", "", "192.0.2.2").status == 200);
  CHECK(server.send("POST", "/api/sign-in", "member 1", "192.0.2.1").status == 200);
  for (int i = 0; i < 50; ++i) CHECK(server.write("", "192.0.2.1").status == 401);
  CHECK(server.writes("guest 1", "192.0.2.1") == 3);
}

TEST_CASE("When all that many share is used up, nobody is asked who they are") {
  Limited server;
  server.set(RouteClass::write, {"guest=0", "member=0", "address=2/1h", "site=0", "total=0"});
  server.start();
  CHECK(server.writes("guest 1", "192.0.2.1") == 2);
  const int before = server.who.asked;
  CHECK(server.writes("member 2", "192.0.2.1") == 2);  // may still
  CHECK(server.who.asked == before + 2);
  for (int i = 0; i < 10; ++i) CHECK(server.write("member 3", "192.0.2.1").status == 429);
  CHECK(server.who.asked == before + 2);
  CHECK(server.writes("member 3", "192.0.2.2") == 2);
}

TEST_CASE("A refusal comes before the body") {
  Limited server;
  server.start();
  server.writes("guest 1", "192.0.2.1");
  auto peer = server.peer();
  const auto reply = peer.ask(Limited::request("POST", "/api/write",
                                               "Authorization: guest 1\r\nX-Forwarded-For: 192.0.2.1\r\n"
                                               "Content-Length: 900000\r\n"));
  CHECK(reply.status == 429);
  CHECK(reply.header("connection") == "close");
}

TEST_CASE("Services and routes without a class are not limited, nor is anything without limits") {
  Limited server;
  const bool on = GENERATE(true, false);
  if (!on) server.settings.policies = limits::no_limits();
  server.start();
  for (int i = 0; i < 30; ++i) {
    REQUIRE(server.write("service", "192.0.2.1").status == 200);
    REQUIRE(server.send("GET", "/api/free", "guest 1", "192.0.2.1").status == 200);
    REQUIRE((on && i >= 3) == (server.write("guest 1", "192.0.2.1").status == 429));
    REQUIRE((on && i >= 3) == (server.send("GET", "/api/read", "member 2", "192.0.2.1").status == 429));
  }
}

TEST_CASE("Refusals are counted by class and share") {
  Limited server;
  server.start();
  for (int i = 0; i < 5; ++i) server.write("guest 1", "192.0.2.1");
  for (int i = 0; i < 10; ++i) server.write("guest 1" + std::to_string(i), "192.0.2.1");
  for (int i = 0; i < 3; ++i) server.send("GET", "/api/read", "guest 1", "192.0.2.1");
  CHECK(server.measures(R"(dontgoback_limits_refused_total{class="write",share="account"} 2)"));
  CHECK(server.measures(R"(dontgoback_limits_refused_total{class="write",share="address"} 3)"));
  CHECK(server.measures(R"(dontgoback_limits_refused_total{class="write",share="total"} 0)"));
  CHECK(server.measures(R"(dontgoback_limits_refused_total{class="read",share="account"} 1)"));
}

TEST_CASE("The sentence says how long to wait, in both languages") {
  const auto told = [](Language language, std::chrono::milliseconds wait) {
    Request request;
    request.language = language;
    const limits::Verdict verdict{limits::Verdict::Kind::refused, wait};
    const auto body = too_many(request, {"너무 많습니다.", "Too many."}, {"write", 1, 1min}, verdict).body;
    const auto begin = body.find("message\":\"") + 10;
    return body.substr(begin, body.find('"', begin) - begin);
  };
  CHECK(told(Language::ko, 12s) == "너무 많습니다. 12초 뒤에 다시 시도해 주세요.");
  CHECK(told(Language::ko, 121s) == "너무 많습니다. 3분 뒤에 다시 시도해 주세요.");
  CHECK(told(Language::en, 1ms) == "Too many. Please try again in 1 second.");
  CHECK(told(Language::en, 2min) == "Too many. Please try again in 120 seconds.");
  CHECK(told(Language::en, 1h) == "Too many. Please try again in 60 minutes.");
}

TEST_CASE("Pages of other origins may read the fields") {
  Limited server;
  server.settings.allowed_origins = {"https://page.example"};
  server.start();
  const auto answer = server.peer().ask(
      Limited::request("POST", "/api/write",
                       "Authorization: guest 1\r\nX-Forwarded-For: 192.0.2.1\r\nOrigin: https://page.example\r\n"));
  CHECK(answer.header("access-control-expose-headers") == "Failure-Code, Retry-After, RateLimit, RateLimit-Policy");
}
