#include "web/answer.hpp"

#include <catch2/catch.hpp>

#include "asked.hpp"

using namespace dontgoback;
using namespace dontgoback::web;

namespace {

constexpr std::string_view kPolicy = "default-src 'none'";
constexpr File kText{
    "/a", "text/plain", false, {"identity bytes", "\"i\""}, {"gzip byte", "\"g\""}, {"brotli", "\"b\""}};
constexpr File kImage{"/b", "image/png", true, {"png", "\"p\""}, {}, {}};

http::Response get(const File& file, Asked::Fields fields) {
  const Asked asked(std::move(fields));
  return answer(file, kPolicy, asked.request);
}

}  // namespace

TEST_CASE("the coding the client wants most, then the smallest") {
  const std::pair<std::string_view, std::string_view> table[] = {
      {"", "i"},
      {"gzip", "g"},
      {"x-gzip", "g"},
      {"GZIP", "g"},
      {"br", "b"},
      {"gzip, deflate, br, zstd", "b"},
      {"br,gzip", "b"},
      {"gzip;q=1.0, br;q=0.5", "g"},
      {"gzip;q=0.5, br;q=0.5", "b"},
      {"gzip;q=0.001, br;q=0", "g"},
      {"br;q=0, gzip;q=0", "i"},
      {"*", "b"},
      {"*;q=0.1, br;q=0", "g"},
      {"*;q=0", "i"},
      {"identity", "i"},
      {"identity;q=1, gzip;q=0.5", "i"},
      {"identity;q=0.5, gzip", "g"},
      {"identity;q=0.5, gzip;q=0.5", "g"},
      {"deflate", "i"},
      {" \tgzip ; q=1 ,", "g"},
      {"gzip; Q=0", "i"},
      {"brotli, gz", "i"},
      {",,;q=1,", "i"},
  };
  for (const auto& [accept_encoding, wanted] : table) {
    CAPTURE(accept_encoding);
    CHECK(choose(kText, accept_encoding).etag.substr(1, 1) == wanted);
  }
}

TEST_CASE("a malformed weight is no wish") {
  for (const std::string weight : {"2", "1.001", "-1", "0.1234", "", "x", ".5", "0.5x", "1.0000"}) {
    CAPTURE(weight);
    CHECK(choose(kText, "gzip;q=" + weight).etag == "\"i\"");
  }
}

TEST_CASE("what is not there is not chosen") { CHECK(choose(kImage, "br, gzip").etag == "\"p\""); }

TEST_CASE("the answer names its coding, and says that it depends on the client") {
  const auto packed = get(kText, {{"Accept-Encoding", "br"}});
  CHECK(packed.status == 200);
  CHECK(packed.fixed_body == "brotli");
  CHECK(field(packed, "Content-Encoding") == "br");
  CHECK(field(packed, "ETag") == "\"b\"");
  CHECK(field(packed, "Vary") == "Accept-Encoding");
  const auto plain = get(kText, {});
  CHECK(plain.fixed_body == "identity bytes");
  CHECK(field(plain, "Content-Encoding").empty());
  CHECK(field(plain, "Vary") == "Accept-Encoding");
}

TEST_CASE("only hashed files are kept without asking again") {
  CHECK(field(get(kText, {}), "Cache-Control") == "no-cache");
  CHECK(field(get(kText, {}), "Content-Security-Policy") == kPolicy);
  CHECK(field(get(kImage, {}), "Cache-Control") == "public, max-age=31536000, immutable");
}

TEST_CASE("a client that has these bytes gets none") {
  for (const std::string known : {"\"b\"", "W/\"b\"", "\"x\", \"b\"", "\"x\",W/\"b\" ,\"y\"", "*"}) {
    CAPTURE(known);
    const auto same = get(kText, {{"Accept-Encoding", "br"}, {"If-None-Match", known}});
    CHECK(same.status == 304);
    CHECK(same.fixed_body.empty());
    CHECK(field(same, "ETag") == "\"b\"");
    CHECK(field(same, "Vary") == "Accept-Encoding");
    CHECK(field(same, "Cache-Control") == "no-cache");
  }
  // The tag of another coding is that of other bytes.
  for (const std::string known : {"\"g\"", "b", "\"bb\"", ""}) {
    CAPTURE(known);
    CHECK(get(kText, {{"Accept-Encoding", "br"}, {"If-None-Match", known}}).status == 200);
  }
}

TEST_CASE("a mistyped address shows the page, anything else gets the plain failure") {
  const Asked navigation({{"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"}, {"If-None-Match", "*"}});
  const auto page = nothing_here(kText, kPolicy, navigation.request);
  CHECK(page.status == 404);
  CHECK(page.fixed_body == "identity bytes");
  CHECK(field(page, "Content-Security-Policy") == kPolicy);
  const Asked script(Asked::Fields{{"Accept", "*/*"}});
  const auto failure = nothing_here(kText, kPolicy, script.request);
  CHECK(failure.status == 404);
  CHECK(failure.body.find("F-404") != std::string::npos);
}
