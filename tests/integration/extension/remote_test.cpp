#include "extension/remote.hpp"

#include <catch2/catch.hpp>
#include <optional>

#include "auth/resource_server/remote.hpp"
#include "auth/token_source/remote_tokens.hpp"
#include "dontgoback/http/parameters.hpp"
#include "extension/module.hpp"
#include "support/auth/auth_node.hpp"
#include "telemetry/health_board.hpp"

namespace dontgoback::extension {
namespace {

using http::Access;
using http::Lane;
using http::Method;

const time::Day kDay = time::parse_day("2027-01-15").value();

/// Three nodes: auth, extension, and the caller, which has only the ports.
struct Fixture {
  test::SetClock clock;
  test::TemporaryDirectory auth_data, extension_data;
  std::optional<test::AuthNode> auth{std::in_place, clock, auth_data.path()};
  test::CountingClient client;
  std::shared_ptr<ports::TokenSource> tokens = auth::make_remote_token_source(
      client, auth->node.url(), "core", [] { return std::string("s3cret"); }, clock);

  struct Extension {
    Extension(Fixture& world, const std::string& listen)
        : node({.clock = world.clock, .node = test::node_in(world.extension_data.path()), .listen = listen}) {
      node.ports().offer<ports::ServiceAuthenticator>(test::services_of(
          node, world.clock,
          auth::make_remote_verification_keys(node.host().client, world.auth->node.url(), world.clock),
          world.auth->node.url()));
      node.start(module);
      node.run();
    }
    test::TestNode node;
    ExtensionModule module;
  };
  std::optional<Extension> extension{std::in_place, *this, "127.0.0.1:0"};
  const std::string address = extension->node.address();
  std::shared_ptr<ports::AssetSource> assets = source(extension->node.url());

  std::shared_ptr<ports::AssetSource> source(const std::string& url) {
    return make_remote_asset_source(client, tokens, url);
  }
};

std::vector<ports::AssetQuery> accounts(int count) {
  std::vector<ports::AssetQuery> queries;
  for (int i = 1; i <= count; ++i) queries.push_back({UserId{i}, Won{i * 1'000'003}});
  return queries;
}

/// The kind of failure of each, nothing for a change.
std::vector<std::optional<FailureKind>> failures(const std::vector<Result<ports::AssetChange>>& changes) {
  std::vector<std::optional<FailureKind>> kinds;
  for (const auto& change : changes) {
    kinds.push_back(change ? std::nullopt : std::optional(change.failure().kind));
  }
  return kinds;
}

std::vector<std::optional<FailureKind>> all(std::size_t count, std::optional<FailureKind> kind) {
  return std::vector<std::optional<FailureKind>>(count, kind);
}

TEST_CASE_METHOD(Fixture, "a caller cannot tell the remote from the one in process") {
  auto queries = accounts(1000);
  queries[3].asset = Won{-1};
  queries[7].user = UserId{0};
  const auto here = extension->node.ports().find<ports::AssetSource>()->changes(kDay, queries);
  const auto there = assets->changes(kDay, queries);
  CHECK(client.calls("/update-assets") == 1);
  CHECK(client.calls("/token") == 1);
  REQUIRE(failures(there) == failures(here));
  for (std::size_t i = 0; i < queries.size(); ++i) {
    if (!here[i]) continue;
    if (here[i]->user != there[i]->user || here[i]->original != there[i]->original ||
        here[i]->multiplier != there[i]->multiplier || here[i]->updated != there[i]->updated) {
      FAIL_CHECK("account " << i);
    }
  }
  const auto too_late = kDay + std::chrono::days(2);
  CHECK(failures(assets->changes(too_late, queries)) ==
        failures(extension->node.ports().find<ports::AssetSource>()->changes(too_late, queries)));
  CHECK(assets->changes(kDay, {}).empty());
}

TEST_CASE_METHOD(Fixture, "an extension that is away is unavailable, and serves again when it is back") {
  const auto queries = accounts(3);
  extension.reset();
  CHECK(failures(assets->changes(kDay, queries)) == all(3, FailureKind::unavailable));
  extension.emplace(*this, address);
  CHECK(failures(assets->changes(kDay, queries)) == all(3, std::nullopt));
}

TEST_CASE_METHOD(Fixture, "the extension goes on while auth is away, for callers that have a token") {
  const auto queries = accounts(3);
  REQUIRE(failures(assets->changes(kDay, queries)) == all(3, std::nullopt));
  const auto auth_address = auth->node.address();
  auth.reset();
  CHECK(failures(assets->changes(kDay, queries)) == all(3, std::nullopt));
  clock.advance(std::chrono::minutes(6));
  CHECK(failures(assets->changes(kDay, queries)) == all(3, FailureKind::unavailable));
  auth.emplace(clock, auth_data.path(), auth_address);
  clock.advance(std::chrono::seconds(1));
  CHECK(failures(assets->changes(kDay, queries)) == all(3, std::nullopt));
}

/// An extension written for a test: what `answer` says to each call of the paths below.
struct Other {
  Other(Fixture& world, http::Handler answer)
      : node({.clock = world.clock, .node = test::node_in(world.extension_data.path())}) {
    node.host().router.add(
        {Method::post, "/msa/ext/api/{*rest}", Access::anyone(), Lane::command, 256 * 1024, std::move(answer)});
    node.run();
  }
  test::TestNode node;
};

TEST_CASE_METHOD(Fixture, "a 401 renews the token once and asks once more") {
  std::optional<std::string> first;
  std::mutex mutex;
  Other other(*this, [&](const http::Request& request) -> http::Response {
    const std::lock_guard lock(mutex);
    const std::string token(request.header("Authorization"));
    if (!first) first = token;
    if (token == *first) return http::text(401, "");
    return http::text(200, R"({"data":[{"userId":1,"originalAsset":1000003,"multiplier":1.0,"updatedAsset":1000003,)"
                           R"("date":"2027-01-15"}]})");
  });
  const auto refused_once = source(other.node.url());
  CHECK(failures(refused_once->changes(kDay, accounts(1))) == all(1, std::nullopt));
  CHECK(client.calls("/update-assets") == 2);
  CHECK(client.calls("/token") == 2);
  CHECK(failures(refused_once->changes(kDay, accounts(1))) == all(1, std::nullopt));
  CHECK(client.calls("/token") == 2);
}

TEST_CASE_METHOD(Fixture, "an extension that refuses every token is asked twice, not for ever") {
  Other other(*this, [](const http::Request&) { return http::text(401, ""); });
  CHECK(failures(source(other.node.url())->changes(kDay, accounts(2))) == all(2, FailureKind::unavailable));
  CHECK(client.calls("/update-assets") == 2);
  CHECK(client.calls("/token") == 2);
}

TEST_CASE_METHOD(Fixture, "an extension of the first release is asked for one account at a time") {
  Other other(*this, [](const http::Request& request) -> http::Response {
    const auto rest = request.path_parameter("rest");
    if (!rest.starts_with("update-asset/")) return http::text(404, "");
    const std::string user(rest.substr(13));
    if (user == "2") return http::text(400, "");
    return http::text(200, R"({"resultCode":"S","data":{"userId":)" + user + R"(,"originalAsset":)" +
                               std::to_string(std::stoll(user) * 1'000'003) +
                               R"(,"multiplier":1.0312345678901,"updatedAsset":77,"date":"2027-01-15"}})");
  });
  const auto first_release = source(other.node.url());
  auto queries = accounts(3);
  const auto changes = first_release->changes(kDay, queries);
  CHECK(failures(changes) == std::vector<std::optional<FailureKind>>{std::nullopt, FailureKind::invalid, std::nullopt});
  CHECK(changes[0]->multiplier.billionths == 1'031'234'568);
  CHECK(changes[0]->updated == Won{77});
  (void)first_release->changes(kDay, queries);
  CHECK(client.calls("/update-assets") == 1);  // it is remembered
  CHECK(client.calls("/update-asset/3") == 2);
}

TEST_CASE_METHOD(Fixture, "single calls that get no answer are given up after three in a row") {
  std::optional<Other> other;
  other.emplace(*this, [](const http::Request&) { return http::text(404, ""); });
  const auto gone = source(other->node.url());
  CHECK(failures(gone->changes(kDay, accounts(1))) == all(1, FailureKind::unavailable));
  other.reset();
  CHECK(failures(gone->changes(kDay, accounts(50))) == all(50, FailureKind::unavailable));
  CHECK(client.calls("/update-asset/3") == 1);
  CHECK(client.calls("/update-asset/4") == 0);
}

TEST_CASE_METHOD(Fixture, "single calls that get no answer now and then end none of the others") {
  Other other(*this, [](const http::Request& request) -> http::Response {
    const auto rest = request.path_parameter("rest");
    if (!rest.starts_with("update-asset/")) return http::text(404, "");
    const auto user = std::stoll(std::string(rest.substr(13)));
    if (user % 2 == 1) return http::text(200, std::string(http::ClientRequest().body_limit + 1, ' '));  // too long
    return http::text(200, R"({"data":{"userId":)" + std::to_string(user) + R"(,"originalAsset":)" +
                               std::to_string(user * 1'000'003) +
                               R"(,"multiplier":1.0,"updatedAsset":77,"date":"2027-01-15"}})");
  });
  const auto now_and_then = failures(source(other.node.url())->changes(kDay, accounts(8)));
  REQUIRE(now_and_then.size() == 8);
  for (std::size_t i = 0; i < 8; ++i) {
    CHECK(now_and_then[i] == (i % 2 == 0 ? std::optional(FailureKind::unavailable) : std::nullopt));
  }
}

TEST_CASE_METHOD(Fixture,
                 "what the extension refuses of a request is no fault of either node, what it refuses of tokens is") {
  const int status = GENERATE(400, 403);
  const bool singly = GENERATE(false, true);
  Other other(*this, [=](const http::Request& request) -> http::Response {
    const bool together = request.path_parameter("rest") == "update-assets";
    return http::text(together && singly ? 404 : status, "");
  });
  telemetry::HealthBoard health(other.node.host().metrics);
  const http::PeerWatch watch{health, other.node.host().scheduler, other.node.host().metrics};
  const auto refusing = make_remote_asset_source(client, tokens, other.node.url(), &watch);
  const auto kind = status == 400 ? FailureKind::invalid : FailureKind::unavailable;
  CHECK(failures(refusing->changes(kDay, accounts(2))) == all(2, kind));
  CHECK(health.look().unready.empty() == (status == 400));
}

TEST_CASE_METHOD(Fixture, "an answer that makes no sense is unavailable") {
  const auto [status, body] = GENERATE(table<int, std::string>(
      {{200, "<html>"}, {200, R"({"data":[]})"}, {200, "{}"}, {204, ""}, {302, ""}, {403, ""}, {500, ""}, {503, ""}}));
  Other other(*this, [status = status, body = body](const http::Request&) { return http::text(status, body); });
  CHECK(failures(source(other.node.url())->changes(kDay, accounts(2))) == all(2, FailureKind::unavailable));
}

}  // namespace
}  // namespace dontgoback::extension
