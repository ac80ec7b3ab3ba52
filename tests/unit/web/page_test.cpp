// Of the page that Node builds; the plain one of a build without it has no scripts.
#include <catch2/catch.hpp>
#include <cstddef>
#include <string_view>

#include "web/site.hpp"

using namespace dontgoback::web;

TEST_CASE("a visit begins with little, in few files, and without what few need") {
  const Site& site = built_in_site();
  const auto shell = site.shell().identity.bytes;
  std::size_t scripts = 0;
  std::size_t compressed = 0;
  std::size_t charts = 0;
  for (const File& file : site.files) {
    charts += file.path.find("/chunks/chart-") != std::string_view::npos ? 1 : 0;
    if (!file.path.ends_with(".js") || shell.find(file.path) == std::string_view::npos) continue;
    ++scripts;
    compressed += file.brotli.offered() ? file.brotli.bytes.size() : file.identity.bytes.size();
    for (const auto* later : {"/chunks/chart-", "/chunks/moderation-", "/chunks/walk-"}) {
      CHECK(file.path.find(later) == std::string_view::npos);
    }
  }
  CHECK(scripts > 0);
  CHECK(scripts <= 6);
  CHECK(compressed <= 60'000);
  CHECK(charts == 1);
}
