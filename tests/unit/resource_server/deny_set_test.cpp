#include "auth/resource_server/deny_set.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback::auth;
using dontgoback::security::Claims;

namespace {

std::chrono::sys_seconds at(std::int64_t second) { return std::chrono::sys_seconds(std::chrono::seconds(second)); }

Denial token(std::string jti) { return {Denial::Kind::token, std::move(jti), {}, at(1000)}; }
Denial key(std::string kid) { return {Denial::Kind::key, std::move(kid), {}, at(1000)}; }
Denial client(std::string id, std::int64_t issued_until) {
  return {Denial::Kind::client, std::move(id), at(issued_until), at(1000)};
}

Claims claims() {
  Claims claims;
  claims.subject = claims.client_id = "core";
  claims.jti = "j1";
  claims.kid = "k1";
  claims.issued_at = at(500);
  return claims;
}

}  // namespace

TEST_CASE("a token is denied by its jti, its key or its client's date") {
  CHECK(!DenySet().denies(claims()));
  CHECK(DenySet({token("j1")}).denies(claims()));
  CHECK(DenySet({key("k1")}).denies(claims()));
  CHECK(DenySet({client("core", 500)}).denies(claims()));
  CHECK(!DenySet({client("core", 499)}).denies(claims()));
  CHECK(!DenySet({token("k1"), key("core"), client("j1", 900)}).denies(claims()));
  CHECK(DenySet({token("other"), key("other"), client("other", 900), token("j1")}).denies(claims()));
}

TEST_CASE("of two dates of a client the later counts") {
  CHECK(DenySet({client("core", 500), client("core", 400)}).denies(claims()));
  CHECK(DenySet({client("core", 400), client("core", 500)}).denies(claims()));
}

TEST_CASE("a first-release token is its subject's, and lacks what could be denied otherwise") {
  auto legacy = claims();
  legacy.client_id = legacy.jti = "";
  CHECK(DenySet({client("core", 500)}).denies(legacy));
  CHECK(!DenySet({token("j1")}).denies(legacy));
}

TEST_CASE("a list is read as it was written, in its order") {
  const DenySet set({token("j\"1"), client("core", 500), key("k1"), token("a")});
  const auto text = set.to_json();
  CHECK(text == R"({"denials":[{"type":"token","value":"j\"1","exp":1000},)"
                R"({"type":"client","value":"core","issuedUntil":500,"exp":1000},)"
                R"({"type":"key","value":"k1","exp":1000},{"type":"token","value":"a","exp":1000}]})");
  const auto read = DenySet::from_json(text);
  REQUIRE(read);
  CHECK(read->to_json() == text);
  CHECK(read->size() == 4);
  CHECK(read->denies(claims()));
  CHECK(DenySet().to_json() == R"({"denials":[]})");
}

TEST_CASE("types of a newer server are left out, other members ignored") {
  const auto read = DenySet::from_json(
      R"({"version":2,"denials":[{"type":"address","value":7},{"type":"token","value":"j1","exp":1000,"why":"x"}]})");
  REQUIRE(read);
  CHECK(read->size() == 1);
  CHECK(read->denies(claims()));
}

TEST_CASE("what is no deny-list is not taken for an empty one") {
  for (const auto* text :
       {"", "{}", "[]", "null", R"({"denials":{}})", R"({"denials":[1]})", R"({"denials":[{}]})",
        R"({"denials":[{"type":1,"value":"x","exp":1}]})", R"({"denials":[{"type":"token","value":"x"}]})",
        R"({"denials":[{"type":"token","value":"","exp":1}]})", R"({"denials":[{"type":"token","value":1,"exp":1}]})",
        R"({"denials":[{"type":"token","value":"x","exp":-1}]})",
        R"({"denials":[{"type":"token","value":"x","exp":"1"}]})", R"({"denials":[{"type":"key","exp":1}]})",
        R"({"denials":[{"type":"client","value":"x","exp":1}]})",
        R"({"denials":[]} )"
        "x"}) {
    INFO(text);
    CHECK(!DenySet::from_json(text));
  }
}

TEST_CASE("a list is bounded") {
  std::vector<Denial> denials;
  for (std::size_t i = 0; i < DenySet::kMaxDenials; ++i) denials.push_back(token(std::to_string(i)));
  CHECK(DenySet::from_json(DenySet(denials).to_json()));
  denials.push_back(token("one more"));
  CHECK(!DenySet::from_json(DenySet(denials).to_json()));
}
