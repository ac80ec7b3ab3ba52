#include <catch2/catch.hpp>

#include "auth/endpoints/issuer.hpp"
#include "extension/answers.hpp"
#include "extension/module.hpp"
#include "support/auth/auth_node.hpp"
#include "support/json.hpp"

namespace dontgoback::extension {
namespace {

using http::Method;
using test::send;

/// The extension beside an issuer whose tokens may say anything.
struct Fixture {
  class Keys final : public ports::VerificationKeys {
   public:
    explicit Keys(const security::SigningKey& key)
        : keys_(std::make_shared<const Set>(Set{security::PublicKey::from_jwk(key.public_jwk()).value()})) {}
    std::shared_ptr<const Set> current() override { return keys_; }
    std::shared_ptr<const Set> refreshed() override { return keys_; }

   private:
    std::shared_ptr<const Set> keys_;
  };

  test::SetClock clock;  // 2027-01-15, 17:00 in Seoul
  test::TemporaryDirectory data;
  test::TestNode node{{.clock = clock, .node = test::node_in(data.path())}};
  const security::SigningKey key = security::SigningKey::generate(security::Algorithm::es256);
  const auth::Issuer issuer{node.url(), clock};
  std::string token(std::string_view scopes) const { return token_of(issuer, scopes); }
  std::string token_of(const auth::Issuer& by, std::string_view scopes) const {
    return by.issue(key, {"core", scopes, auth::kDefaultAudience, {}});
  }
  ExtensionModule module;

  Fixture() {
    node.ports().offer<ports::VerificationKeys>(std::make_shared<Keys>(key));
    node.start(module);
    node.run();
  }

  http::ClientResponse post(const std::string& path, const std::string& body, const std::string& token) {
    return send(Method::post, node.url() + path, body,
                {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + token}});
  }
  http::ClientResponse one(const std::string& user, const std::string& body) {
    return post("/msa/ext/api/update-asset/" + user, body, token("asset:update"));
  }
  http::ClientResponse many(const std::string& body) {
    return post("/msa/ext/api/update-assets", body, token("job:run asset:update"));
  }
  ports::AssetChange in_process(const char* day, std::int64_t user, std::int64_t asset) {
    const ports::AssetQuery query{UserId{user}, Won{asset}};
    return node.ports().find<ports::AssetSource>()->changes(time::parse_day(day).value(), {&query, 1}).front().value();
  }
};

bool same(const ports::AssetChange& a, const ports::AssetChange& b) {
  return a.user == b.user && a.original == b.original && a.multiplier == b.multiplier && a.updated == b.updated;
}

TEST_CASE_METHOD(Fixture, "one account's change is the same over HTTP as in process") {
  const auto answer = one("7", R"({"asset":10000000,"snapshotDay":"2027-01-14"})");
  REQUIRE(answer.status == 200);
  CHECK(answer.body.starts_with(R"({"resultCode":"S","message":"Update asset success","data":{"userId":7,)"));
  const auto change = read_one(answer.body, time::parse_day("2027-01-14").value(), {UserId{7}, Won{10'000'000}});
  REQUIRE(change);
  CHECK(same(*change, in_process("2027-01-14", 7, 10'000'000)));
}

TEST_CASE_METHOD(Fixture, "without a day it is today in the service's zone") {
  clock.advance(std::chrono::hours(8));  // past midnight in Seoul
  for (const char* body :
       {R"({"asset":0})", R"({"asset":0,"snapshotDay":null,"note":"unknown members are ignored"})"}) {
    const auto answer = one("9223372036854775807", body);
    REQUIRE(answer.status == 200);
    CHECK(test::json_at(answer.body, "/data/date") == "2027-01-16");
    CHECK(test::json_at(answer.body, "/data/updatedAsset") == 0);
  }
}

TEST_CASE_METHOD(Fixture, "a question that breaks a rule is refused") {
  const auto [user, body] = GENERATE(table<std::string, std::string>({
      {"7", R"({"asset":-1})"},
      {"7", R"({"asset":9007199254740992})"},
      {"7", R"({"asset":1.5})"},
      {"7", R"({"asset":1e3})"},
      {"7", R"({"asset":"1"})"},
      {"7", R"({"asset":null})"},
      {"7", R"({})"},
      {"7", R"({"asset":1,"asset":2})"},
      {"7", R"({"asset":1)"},
      {"7", ""},
      {"7", R"({"asset":1,"snapshotDay":"2027-01-17"})"},
      {"7", R"({"asset":1,"snapshotDay":"2027-02-30"})"},
      {"7", R"({"asset":1,"snapshotDay":20270115})"},
      {"0", R"({"asset":1})"},
      {"-7", R"({"asset":1})"},
      {"seven", R"({"asset":1})"},
      {"9223372036854775808", R"({"asset":1})"},
  }));
  CAPTURE(user, body);
  const auto answer = one(user, body);
  CHECK(answer.status == 400);
  CHECK(answer.body.starts_with(R"({"resultCode":"F)"));
}

TEST_CASE_METHOD(Fixture, "tomorrow is allowed") {
  CHECK(one("7", R"({"asset":1,"snapshotDay":"2027-01-16"})").status == 200);
}

TEST_CASE_METHOD(Fixture, "a list is answered in its order") {
  const auto answer = many(
      R"({"snapshotDay":"2027-01-15","accounts":[{"userId":9,"asset":1000},{"userId":3,"asset":2000},{"userId":9,"asset":1000}]})");
  REQUIRE(answer.status == 200);
  const ports::AssetQuery queries[] = {{UserId{9}, Won{1000}}, {UserId{3}, Won{2000}}, {UserId{9}, Won{1000}}};
  const auto changes = read_many(answer.body, time::parse_day("2027-01-15").value(), queries);
  REQUIRE(changes);
  CHECK(same(changes->at(0), in_process("2027-01-15", 9, 1000)));
  CHECK(same(changes->at(1), in_process("2027-01-15", 3, 2000)));
  CHECK(many(R"({"accounts":[]})").body.ends_with(R"("data":[]})"));
}

TEST_CASE_METHOD(Fixture, "a list has at most a thousand accounts, all of them good") {
  const auto list = [](int count, const std::string& last) {
    std::string accounts;
    for (int i = 1; i < count; ++i) accounts += R"({"userId":)" + std::to_string(i) + R"(,"asset":9007199254740991},)";
    return R"({"snapshotDay":"2027-01-15","accounts":[)" + accounts + last + "]}";
  };
  const std::string good = R"({"userId":5,"asset":1})";
  CHECK(many(list(1000, good)).status == 200);
  CHECK(many(list(1001, good)).status == 400);
  CHECK(many(list(10, R"({"userId":0,"asset":1})")).status == 400);
  CHECK(many(list(10, R"({"userId":5,"asset":-1})")).status == 400);
  CHECK(many(list(10, R"({"userId":5})")).status == 400);
  CHECK(many(R"({"snapshotDay":"2027-01-17","accounts":[{"userId":5,"asset":1}]})").status == 400);
  CHECK(many(R"({"snapshotDay":"2027-01-15"})").status == 400);
  CHECK(many("{\"accounts\":[" + std::string(300'000, ' ') + "]}").status == 413);
}

TEST_CASE_METHOD(Fixture, "only a service with the scope may ask") {
  const std::string path = GENERATE("/msa/ext/api/update-asset/7", "/msa/ext/api/update-assets");
  const std::string body = R"({"asset":1,"accounts":[]})";
  CHECK(post(path, body, token("asset:update")).status == 200);
  CHECK(post(path, body, token("job:run")).status == 403);
  CHECK(post(path, body, "").status == 401);
  CHECK(post(path, body, "a.b.c").status == 401);
  CHECK(post(path, body, token_of(auth::Issuer("http://elsewhere", clock), "asset:update")).status == 401);
  const auto good = token("asset:update");
  CHECK(post(path, body, good).status == 200);
  clock.advance(std::chrono::minutes(7));
  CHECK(post(path, body, good).status == 401);  // ended
}

TEST_CASE("bad settings stop the start") {
  test::SetClock clock;
  const test::TemporaryDirectory data;
  test::TestNode node({.clock = clock, .node = test::node_in(data.path())});
  const auto given =
      GENERATE(test::GivenOptions{{"daily-sigma", {"-0.1"}}}, test::GivenOptions{{"daily-min-percent", {"6"}}},
               test::GivenOptions{{"daily-min-percent", {"-100"}}});
  ExtensionModule module;
  CHECK_THROWS_AS(node.start(module, given), std::invalid_argument);
}

TEST_CASE("a restart and a second node with the same key agree; another key does not") {
  test::SetClock clock;
  const test::TemporaryDirectory data, other;
  const auto multiplier = [&](const std::filesystem::path& directory, const test::GivenOptions& given = {}) {
    test::TestNode node({.clock = clock, .node = test::node_in(directory)});
    ExtensionModule module;
    node.start(module, given);
    const ports::AssetQuery query{UserId{7}, Won{10'000'000}};
    return node.ports()
        .find<ports::AssetSource>()
        ->changes(time::parse_day("2027-01-15").value(), {&query, 1})
        .front()
        ->multiplier;
  };
  const auto first = multiplier(data.path());
  CHECK(multiplier(data.path()) == first);
  CHECK(multiplier(other.path(), {{"multiplier-key-file", {(data.path() / "multiplier.key").string()}}}) == first);
  CHECK(multiplier(other.path()) != first);
}

}  // namespace
}  // namespace dontgoback::extension
