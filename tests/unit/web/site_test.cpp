#include "web/site.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "asked.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "web/routes.hpp"

using namespace dontgoback;
using namespace dontgoback::web;

namespace {

/// What a page has between <tag> and </tag>, each.
std::vector<std::string_view> inside(std::string_view html, const std::string& tag) {
  std::vector<std::string_view> found;
  const auto opening = "<" + tag + ">";
  for (auto at = html.find(opening); at != std::string_view::npos; at = html.find(opening, at)) {
    at += opening.size();
    found.push_back(html.substr(at, html.find("</" + tag + ">", at) - at));
  }
  return found;
}

struct Routes : http::Router {
  std::vector<http::Route> all;
  void add(http::Route route) override { all.push_back(std::move(route)); }

  http::Response get(std::string_view path, std::string_view sent = {}, std::string_view query = {}) const {
    Asked asked({});
    asked.request.path = sent;
    asked.request.query = query;
    for (const auto& route : all) {
      if (route.path == path) return route.handler(asked.request);
    }
    FAIL("no route " << path);
    return {};
  }
};

}  // namespace

TEST_CASE("the policy allows no inline code but what it names by hash, and no other host") {
  const Site& site = built_in_site();
  CHECK(site.policy.find("unsafe") == std::string_view::npos);
  CHECK(site.policy.find("http") == std::string_view::npos);
  CHECK(site.policy.find('*') == std::string_view::npos);
  CHECK(site.policy.find("default-src 'none'") == 0);
  CHECK(site.policy.find("frame-ancestors 'none'") != std::string_view::npos);

  const auto shell = site.shell().identity.bytes;
  std::size_t inline_code = 0;
  for (const std::string tag : {"script", "style"}) {
    for (const auto text : inside(shell, tag)) {
      ++inline_code;
      const auto hash = "'sha256-" + security::base64_encode(security::bytes(security::sha256(text))) + "'";
      CHECK(site.policy.find(hash) != std::string_view::npos);
    }
  }
  CHECK(inline_code > 0);
  CHECK(shell.find(" style=") == std::string_view::npos);
  CHECK(shell.find("://") == std::string_view::npos);
}

TEST_CASE("every file is what it says, and each of its codings has a tag of its own") {
  std::set<std::string_view> paths;
  for (const File& file : built_in_site().files) {
    CAPTURE(file.path);
    CHECK(paths.insert(file.path).second);
    CHECK(file.identity.offered());
    CHECK_FALSE(file.content_type.empty());
    CHECK(file.immutable == (file.path.find("/_app/immutable/") == 0));
    for (const auto* packed : {&file.gzip, &file.brotli}) {
      if (!packed->offered()) continue;
      CHECK(packed->bytes.size() < file.identity.bytes.size());
      CHECK(packed->etag != file.identity.etag);
    }
    if (file.gzip.offered()) CHECK(file.gzip.bytes.substr(0, 2) == "\x1f\x8b");
  }
}

TEST_CASE("every screen's address answers with the page, every file with itself") {
  Routes routes;
  const Site& site = built_in_site();
  add_routes(routes, site);
  for (const auto path : {"/",
                          "/login",
                          "/welcome",
                          "/search",
                          "/notifications",
                          "/acts",
                          "/settings",
                          "/settings/hiding",
                          "/about",
                          "/terms",
                          "/privacy",
                          "/post/{id}",
                          "/profile/{id}",
                          "/moderation",
                          "/moderation/rules",
                          "/moderation/audit",
                          "/status",
                          "/walk",
                          "/walk/me",
                          "/walk/day/{day}",
                          "/walk/friends",
                          "/walk/friends/add",
                          "/walk/groups",
                          "/walk/groups/{groupId}",
                          "/walk/groups/join",
                          "/walk/goal",
                          "/walk/notifications",
                          "/walk/settings",
                          "/walk/import"}) {
    CAPTURE(path);
    CHECK(routes.get(path).status == 200);
    CHECK(routes.get(path).fixed_body == site.shell().identity.bytes);
  }
  for (const File& file : site.files) {
    CAPTURE(file.path);
    CHECK(routes.get(file.path).fixed_body == file.identity.bytes);
  }
  CHECK(routes.get("/robots.txt").status == 200);
  CHECK(routes.get("/favicon.ico").status == 204);
  const auto slashed = routes.get("/profile/{id}/", "/profile/7/", "tab=red");
  CHECK(slashed.status == 308);
  CHECK(field(slashed, "Location") == "/profile/7?tab=red");
  CHECK(field(routes.get("/api/docs/", "/api/docs/"), "Location") == "/api/docs");
  for (const auto& route : routes.all) CHECK(route.lane == http::Lane::inline_);
}
