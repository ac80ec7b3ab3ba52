#include "extension/answers.hpp"

#include <catch2/catch.hpp>
#include <string>

namespace dontgoback::extension {
namespace {

const time::Day kDay = time::parse_day("2026-01-31").value();
const ports::AssetQuery kQuery{UserId{7}, Won{10'000'000}};

std::string answer(const std::string& data) {
  return R"({"resultCode":"S","message":"Update asset success","data":)" + data + "}";
}

TEST_CASE("an answer to the question is taken, whichever release gave it") {
  const auto ours = read_one(
      answer(
          R"({"userId":7,"originalAsset":10000000,"multiplier":1.012345678,"updatedAsset":10123457,"date":"2026-01-31"})"),
      kDay, kQuery);
  REQUIRE(ours);
  CHECK(ours->multiplier.billionths == 1'012'345'678);
  CHECK(ours->updated == Won{10'123'457});

  const auto first_release = read_one(
      answer(
          R"({"userId":7,"originalAsset":10000000,"multiplier":0.98765432109876,"updatedAsset":9876543,"date":"2026-01-31","more":1})"),
      kDay, kQuery);
  REQUIRE(first_release);
  CHECK(first_release->multiplier.billionths == 987'654'321);
}

TEST_CASE("the smallest and the largest amount, and the smallest multiplier, are answers") {
  const auto [amount, multiplier, billionths] = GENERATE(table<std::string, std::string, std::int64_t>(
      {{"0", "1.0", 1'000'000'000}, {"9007199254740991", "999999", 999'999'000'000'000}, {"1", "1e-9", 1}}));
  const auto change = read_one(answer(R"({"userId":7,"originalAsset":10000000,"multiplier":)" + multiplier +
                                      R"(,"updatedAsset":)" + amount + R"(,"date":"2026-01-31"})"),
                               kDay, kQuery);
  REQUIRE(change);
  CHECK(change->updated == Won{std::stoll(amount)});
  CHECK(change->multiplier.billionths == billionths);
}

TEST_CASE("anything else is no answer") {
  const char* data = GENERATE(
      R"({"userId":8,"originalAsset":10000000,"multiplier":1.0,"updatedAsset":1,"date":"2026-01-31"})",
      R"({"userId":7,"originalAsset":10000001,"multiplier":1.0,"updatedAsset":1,"date":"2026-01-31"})",
      R"({"userId":7,"originalAsset":10000000,"multiplier":1.0,"updatedAsset":1,"date":"2026-02-01"})",
      R"({"userId":7,"originalAsset":10000000,"multiplier":1.0,"updatedAsset":-1,"date":"2026-01-31"})",
      R"({"userId":7,"originalAsset":10000000,"multiplier":1.0,"updatedAsset":9007199254740992,"date":"2026-01-31"})",
      R"({"userId":7,"originalAsset":10000000,"multiplier":1.0,"updatedAsset":1.5,"date":"2026-01-31"})",
      R"({"userId":7,"originalAsset":10000000,"multiplier":0,"updatedAsset":1,"date":"2026-01-31"})",
      R"({"userId":7,"originalAsset":10000000,"multiplier":1e-12,"updatedAsset":1,"date":"2026-01-31"})",
      R"({"userId":7,"originalAsset":10000000,"multiplier":-1,"updatedAsset":1,"date":"2026-01-31"})",
      R"({"userId":7,"originalAsset":10000000,"multiplier":1e300,"updatedAsset":1,"date":"2026-01-31"})",
      R"({"userId":7,"originalAsset":10000000,"multiplier":"1.0","updatedAsset":1,"date":"2026-01-31"})",
      R"({"userId":7,"originalAsset":10000000,"updatedAsset":1,"date":"2026-01-31"})", "null", "[]", "7");
  CHECK_FALSE(read_one(answer(data), kDay, kQuery));
  CHECK_FALSE(read_many(answer("[" + std::string(data) + "]"), kDay, {&kQuery, 1}));
}

TEST_CASE("a list must answer every query, in order") {
  const ports::AssetQuery queries[] = {{UserId{1}, Won{100}}, {UserId{2}, Won{200}}};
  const std::string one = R"({"userId":1,"originalAsset":100,"multiplier":1.0,"updatedAsset":100,"date":"2026-01-31"})";
  const std::string two = R"({"userId":2,"originalAsset":200,"multiplier":1.0,"updatedAsset":200,"date":"2026-01-31"})";
  CHECK(read_many(answer("[" + one + "," + two + "]"), kDay, queries));
  CHECK_FALSE(read_many(answer("[" + two + "," + one + "]"), kDay, queries));
  CHECK_FALSE(read_many(answer("[" + one + "]"), kDay, queries));
  CHECK_FALSE(read_many(answer("[" + one + "," + two + "," + two + "]"), kDay, queries));
  CHECK_FALSE(read_many("<html>", kDay, queries));
}

}  // namespace
}  // namespace dontgoback::extension
