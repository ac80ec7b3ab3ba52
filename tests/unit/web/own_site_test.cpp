#include "web/own_site.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "web/head.hpp"

using namespace dontgoback;
using namespace dontgoback::web;

TEST_CASE("where the operator has said nothing, the site is the built-in one") {
  const OwnSite own(built_in_site(), {});
  CHECK(own.site().files.data() == built_in_site().files.data());
  CHECK(own.site().policy == built_in_site().policy);
}

TEST_CASE("an own network's shell says its name, whatever it is, and its scripts stay those of the policy") {
  Network network;
  network.name = {"</title>\"<b>", "Ours", true};
  network.accent = Colour{255, 0, 0};
  network.welcome = {"어서 오세요.\n\n\"반갑습니다\"", "Come in."};
  const OwnSite own(built_in_site(), network);
  const auto html = own.site().shell().identity.bytes;
  CHECK(html.find("<title>&lt;/title&gt;&quot;&lt;b&gt;</title>") != html.npos);
  CHECK(html.find("\"<b>") == html.npos);
  CHECK(html.find("<meta name=\"network\" content=\"{&quot;ko&quot;") != html.npos);
  CHECK(html.find("어서 오세요. &quot;반갑습니다&quot;\" />") != html.npos);
  CHECK_FALSE(own.site().shell().brotli.offered());
  CHECK(own.site().shell().identity.etag != built_in_site().shell().identity.etag);
  CHECK(own.site().files.size() == built_in_site().files.size());
  CHECK(own.site().policy == built_in_site().policy);
}

TEST_CASE("a head takes the place of the shell's own") {
  const auto html = with_head("<head><meta name=\"description\" content=\"old\" /><title>old</title><link></head>",
                              {.title = "a<b", .description = "c\"d", .more = meta("e", "f")});
  CHECK(html.find("old") == html.npos);
  CHECK(html.find("<title>a&lt;b</title>") != html.npos);
  CHECK(html.find("<meta name=\"description\" content=\"c&quot;d\" />") != html.npos);
  CHECK(html.find("<meta name=\"e\" content=\"f\" />") < html.find("<link>"));
  CHECK_THROWS(with_head("<head></head>", {}));
}
