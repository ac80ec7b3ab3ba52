#include "http/server/route_table.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "dontgoback/http/method.hpp"

using namespace dontgoback::http;

namespace {

Route route(Method method, std::string_view path) {
  return {method, path, Access::anyone(), Lane::inline_, kNoBody, [](const Request&) { return Response{}; }};
}

std::string_view matched(const RouteTable& table, std::string_view path, RouteTable::Values& values) {
  const auto* found = table.match(path, values);
  if (found == nullptr) return "none";
  return found->find(Method::get)->route.path;
}

}  // namespace

TEST_CASE("A path finds its route, a literal before a parameter before the rest") {
  RouteTable table;
  for (const auto* path : {"/", "/feeds", "/feeds/profile", "/feeds/{feedId}", "/feeds/{feedId}/likes",
                           "/feeds/profile/{userId}", "/users/{id}/posts/{post}", "/page/{*rest}", "/page/start"}) {
    table.add(route(Method::get, path));
  }
  struct Row {
    std::string path;
    std::string expected;
    std::string first;
  };
  const Row row = GENERATE(values<Row>({
      {"/", "/", ""},
      {"/feeds", "/feeds", ""},
      {"/feeds/", "none", ""},
      {"/feeds/12", "/feeds/{feedId}", "12"},
      {"/feeds/profile", "/feeds/profile", ""},
      {"/feeds/profile/likes", "/feeds/profile/{userId}", "likes"},
      {"/feeds/12/likes", "/feeds/{feedId}/likes", "12"},
      {"/feeds/12/other", "none", ""},
      {"/feeds//likes", "none", ""},
      {"//feeds", "none", ""},
      {"/FEEDS", "none", ""},
      {"/users/7/posts/9", "/users/{id}/posts/{post}", "7"},
      {"/page/start", "/page/start", ""},
      {"/page/a/b.js", "/page/{*rest}", "a/b.js"},
      {"/page/start/x", "/page/{*rest}", "start/x"},
      {"/page/", "/page/{*rest}", ""},
      {"/page", "none", ""},
      {"/pages", "none", ""},
  }));
  INFO(row.path);
  RouteTable::Values values{};
  CHECK(matched(table, row.path, values) == row.expected);
  if (!row.first.empty()) CHECK(values[0] == row.first);
}

TEST_CASE("A path that fits a literal's dead end is tried as a parameter") {
  RouteTable table;
  table.add(route(Method::get, "/a/b/c"));
  table.add(route(Method::get, "/a/{x}/d"));
  RouteTable::Values values{};
  CHECK(matched(table, "/a/b/d", values) == "/a/{x}/d");
  CHECK(values[0] == "b");
}

TEST_CASE("The rest of everything is not what the APIs do not have") {
  RouteTable table;
  table.add(route(Method::get, "/api/feeds"));
  table.add(route(Method::get, "/api/files/{*rest}"));
  table.add(route(Method::get, "/post/{id}"));
  table.add(route(Method::get, "/{*rest}"));
  RouteTable::Values values{};
  for (const auto* path : {"/a", "/a/b", "/post/", "/post/5/comments", "/api", "/apis/x", "//a"}) {
    INFO(path);
    CHECK(matched(table, path, values) == "/{*rest}");
  }
  for (const auto* path : {"/api/", "/api/feeds/", "/api/nothing", "/msa/auth/api/nothing"}) {
    INFO(path);
    CHECK(matched(table, path, values) == "none");
  }
  CHECK(matched(table, "/api/files/a/b", values) == "/api/files/{*rest}");
}

TEST_CASE("Methods of a path") {
  RouteTable table;
  table.add(route(Method::get, "/x/{id}"));
  table.add(route(Method::del, "/x/{id}"));
  auto toggle = route(Method::get, "/toggle");
  toggle.legacy_toggle = true;
  table.add(toggle);

  RouteTable::Values values{};
  const auto* found = table.match("/x/1", values);
  REQUIRE(found != nullptr);
  CHECK(found->allow == "GET, HEAD, DELETE, OPTIONS");
  CHECK(found->find(Method::head) == found->find(Method::get));
  CHECK(found->find(Method::del) != nullptr);
  CHECK(found->find(Method::post) == nullptr);
  CHECK(found->find(Method::other) == nullptr);
  CHECK(table.match("/toggle", values)->allow == "GET, OPTIONS");
  CHECK(table.routes().size() == 3);
}

TEST_CASE("A route that cannot be is refused when it is added") {
  RouteTable table;
  table.add(route(Method::get, "/x/{id}"));
  CHECK_THROWS_AS(table.add(route(Method::get, "/x/{other}")), std::logic_error);
  for (const auto* path :
       {"", "x", "/{", "/{}", "/{*}", "/a{b}", "/{a}b", "/{*rest}/more", "/{a}/{a}", "/{a}/{b}/{c}/{d}/{e}"}) {
    INFO(path);
    CHECK_THROWS_AS(table.add(route(Method::post, path)), std::logic_error);
  }
  CHECK_THROWS_AS(table.add(route(Method::head, "/h")), std::logic_error);
  auto unguarded = route(Method::put, "/p");
  unguarded.access.need = Access::Need::required;
  CHECK_THROWS_AS(table.add(unguarded), std::logic_error);
  auto empty = route(Method::put, "/p");
  empty.handler = nullptr;
  CHECK_THROWS_AS(table.add(empty), std::logic_error);
}

TEST_CASE("Methods are called as on the wire") {
  CHECK(name_of(Method::get) == "GET");
  CHECK(name_of(Method::head) == "HEAD");
  CHECK(name_of(Method::post) == "POST");
  CHECK(name_of(Method::put) == "PUT");
  CHECK(name_of(Method::patch) == "PATCH");
  CHECK(name_of(Method::del) == "DELETE");
  CHECK(name_of(Method::options) == "OPTIONS");
  CHECK(name_of(Method::other) == "other");
}
