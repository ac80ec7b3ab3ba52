#include <atomic>
#include <catch2/catch.hpp>
#include <optional>

#include "auth/resource_server/remote.hpp"
#include "dontgoback/http/entity_tag.hpp"
#include "support/auth/auth_node.hpp"

namespace dontgoback::auth {
namespace {

using namespace std::chrono_literals;
using auth::Denial;
using auth::DenySet;

/// An auth node's deny-list as it is served, and a copy of it. The job is run by hand.
struct Fixture {
  test::SetClock clock;
  test::TemporaryDirectory data;
  test::TemporaryDirectory own_data;
  test::TestNode self{{.clock = clock, .node = test::node_in(own_data.path())}};
  test::CountingClient client;
  std::string address = "127.0.0.1:0";
  std::atomic<int> status{200};
  std::atomic<int> spared{0};
  std::mutex mutex;
  std::function<void()> meanwhile = [] {};  // before it answers
  std::string body = DenySet().to_json();
  std::optional<test::TestNode> auth;  // last: it serves what is above

  Fixture() { comes_back(); }

  void comes_back() {
    auth.reset();
    auth.emplace(test::NodeParts{.clock = clock, .node = test::node_in(data.path()), .listen = address});
    address = auth->address();
    auth->host().router.add({http::Method::get, "/msa/auth/api/deny-list", http::Access::anyone(), http::Lane::inline_,
                             http::kNoBody, [this](const http::Request& request) {
                               const std::lock_guard lock(mutex);
                               meanwhile();
                               if (status != 200) return http::text(status, "");
                               const auto tag = http::entity_tag(body);
                               const bool known = http::names_entity_tag(request.header("If-None-Match"), tag);
                               spared += known;
                               auto answer = http::text(known ? 304 : 200, known ? "" : body);
                               answer.header("ETag", tag);
                               return answer;
                             }});
    auth->run();
  }
  std::shared_ptr<const auth::DenyList> copy(std::chrono::seconds max_age = 0s) {
    return make_remote_deny_list(client, "http://" + address, clock, self.host().scheduler, {5s, max_age});
  }
  std::string look() { return self.host().scheduler.run_now("deny-list").value(); }
  void serve(std::string text) {
    const std::lock_guard lock(mutex);
    body = std::move(text);
  }
  void deny(const std::string& jti) { serve(DenySet({{Denial::Kind::token, jti, {}, {}}}).to_json()); }
};

bool denies(const auth::DenyList& list, const std::string& jti) {
  security::Claims claims;
  claims.jti = jti;
  return list.current()->denies(claims);
}

TEST_CASE_METHOD(Fixture, "the copy follows the auth node's list, which is sent when it has changed") {
  const auto list = copy();
  REQUIRE(list->current());
  CHECK(list->current()->size() == 0);
  CHECK(look() == "0 taken back");
  deny("a");
  CHECK(!denies(*list, "a"));
  CHECK(look() == "1 taken back");
  CHECK(denies(*list, "a"));
  CHECK(spared == 0);
  const auto set = list->current();
  CHECK(look() == "1 taken back");
  CHECK(spared == 1);
  CHECK(list->current() == set);
}

TEST_CASE_METHOD(Fixture, "it is looked at when the node starts and every interval, by this node's own job") {
  const auto list = copy();
  const auto states = self.host().scheduler.states();
  REQUIRE(states.size() == 1);
  CHECK(states.front().name == "deny-list");
  CHECK(states.front().next == clock.now());
  look();
  CHECK(self.host().scheduler.states().front().next == clock.now() + 5s);
}

TEST_CASE_METHOD(Fixture, "while the auth node is away the last list serves, and the job goes on") {
  const auto list = copy();
  deny("a");
  look();
  auth.reset();
  clock.advance(24h);
  CHECK(look() == "the auth server is away; 1 known to be taken back");
  CHECK(denies(*list, "a"));
  deny("b");
  comes_back();
  CHECK(look() == "1 taken back");
  CHECK(denies(*list, "b"));
}

TEST_CASE_METHOD(Fixture, "a list older than is borne judges nothing, nor does one that was never had") {
  const auto list = copy(30s);
  CHECK(!list->current());
  look();
  CHECK(list->current());
  clock.advance(30s);
  CHECK(list->current());
  clock.advance(1ms);
  CHECK(!list->current());
  look();  // 304
  CHECK(list->current());
  CHECK(spared == 1);
  auth.reset();
  clock.advance(31s);
  look();
  CHECK(!list->current());
  comes_back();
  look();
  CHECK(list->current());
  for (const auto by : std::initializer_list<std::chrono::milliseconds>{-1h, 24h * 365}) {
    clock.jump(by);  // its age is known all the same
    CHECK(list->current());
  }
  clock.advance(31s);
  CHECK(!list->current());
}

TEST_CASE_METHOD(Fixture, "a list is as old as the question, however late the answer") {
  const auto list = copy(30s);
  meanwhile = [this] { clock.advance(20s); };
  look();
  CHECK(list->current());
  clock.advance(10s);
  CHECK(list->current());
  clock.advance(1ms);
  CHECK(!list->current());
  look();  // 304
  CHECK(spared == 1);
  clock.advance(10s);
  CHECK(list->current());
  clock.advance(1ms);
  CHECK(!list->current());
}

TEST_CASE_METHOD(Fixture, "a first-release auth server takes nothing back") {
  status = GENERATE(401, 403, 404, 405);
  const auto list = copy(30s);
  CHECK(look() == "0 taken back");
  REQUIRE(list->current());
  CHECK(list->current()->size() == 0);
}

TEST_CASE_METHOD(Fixture, "an answer that is no list does not replace one") {
  const auto list = copy();
  deny("a");
  look();
  for (const int refusal : {401, 403, 404, 405, 500, 503}) {
    status = refusal;
    CHECK(look() == "the auth server answers " + std::to_string(refusal) + "; 1 known to be taken back");
  }
  status = 200;
  for (const auto* text : {"", "{}", "<html>", R"({"denials":[{"type":"token"}]})"}) {
    serve(text);
    CHECK(look() == "the auth server's list cannot be read; 1 known to be taken back");
  }
  CHECK(denies(*list, "a"));
}

TEST_CASE_METHOD(Fixture, "a list that could not be read is confirmed by no 304") {
  const auto list = copy(30s);
  deny("a");
  look();
  REQUIRE(list->current());
  serve(GENERATE("", "{}", "<html>", R"({"denials":[{"type":"token"}]})"));
  clock.advance(20s);
  CHECK(look() == "the auth server's list cannot be read; 1 known to be taken back");
  // Whichever of the two it is asked about, the answer says nothing of a list that this node has read since.
  clock.advance(20s);
  CHECK(look() == "the auth server's list cannot be read; 1 known to be taken back");
  CHECK(spared == 0);
  CHECK(!list->current());
  const auto after = GENERATE("a", "b");  // the list it had, or another
  deny(after);
  CHECK(look() == "1 taken back");
  CHECK(denies(*list, after));
  CHECK(spared == 0);
}

}  // namespace
}  // namespace dontgoback::auth
