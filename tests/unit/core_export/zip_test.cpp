#include "core/export/zip.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "core/export/claims.hpp"

using namespace dontgoback;
using namespace dontgoback::core;

namespace {

constexpr time::Timestamp kNow{std::chrono::seconds(1'800'000'000)};
constexpr std::string_view kDirectoryEnd("PK\x05\x06", 4);

std::string noise(std::size_t size) {
  std::string bytes(size, '\0');
  std::uint32_t state = 1;
  for (auto& byte : bytes) byte = static_cast<char>((state = state * 1'664'525 + 1'013'904'223) >> 24);
  return bytes;
}

}  // namespace

TEST_CASE("An archive is passed on while it is written, and ends with its directory") {
  std::string bytes;
  {
    exports::Zip zip([&bytes](std::string_view more) { bytes += more; });
    zip.begin("a.json", kNow);
    const auto content = noise(1'000'000);
    zip.write(content);
    CHECK(bytes.size() > 900'000);
    zip.begin("b.txt", kNow);
    zip.write("x");
    CHECK(bytes.find(kDirectoryEnd) == std::string::npos);
    zip.finish();
  }
  CHECK(bytes.starts_with("PK\x03\x04"));
  CHECK(bytes.rfind(kDirectoryEnd) == bytes.size() - 22);
}

TEST_CASE("What the sink throws comes out, and the archive has no directory") {
  std::string bytes;
  {
    exports::Zip zip([&bytes](std::string_view more) {
      if (bytes.size() > 100'000) throw std::invalid_argument("gone");
      bytes += more;
    });
    zip.begin("a.json", kNow);
    CHECK_THROWS_AS(zip.write(noise(1'000'000)), std::invalid_argument);
    CHECK_THROWS_AS(zip.finish(), std::invalid_argument);
  }
  CHECK(bytes.find(kDirectoryEnd) == std::string::npos);
}

TEST_CASE("An archive that is left before its end has no directory") {
  std::string bytes;
  {
    exports::Zip zip([&bytes](std::string_view more) { bytes += more; });
    zip.begin("a.json", kNow);
    zip.write("[]");
  }
  CHECK(bytes.find(kDirectoryEnd) == std::string::npos);
}

TEST_CASE("An account has one claim at a time") {
  const auto claims = std::make_shared<exports::Claims>();
  auto first = exports::Claims::take(claims, UserId{1});
  auto copy = first;
  REQUIRE(first);
  CHECK_FALSE(exports::Claims::take(claims, UserId{1}));
  CHECK(exports::Claims::take(claims, UserId{2}));
  first.reset();
  CHECK_FALSE(exports::Claims::take(claims, UserId{1}));
  copy.reset();
  CHECK(exports::Claims::take(claims, UserId{1}));
}
