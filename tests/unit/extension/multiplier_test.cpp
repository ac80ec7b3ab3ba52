#include "extension/multiplier.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

namespace dontgoback::extension {
namespace {

struct AccountRow {
  std::int64_t user;
  const char* day;
  double sigma;
  double min_percent;
  double max_percent;
  std::int64_t billionths;
};
constexpr AccountRow kAccounts[] = {
#include "accounts.inc"
};

struct TieRow {
  std::uint64_t n1;
  std::uint64_t n2;
  double sigma;
  std::int64_t billionths;
};
constexpr TieRow kTies[] = {
#include "ties.inc"
};

std::string test_key() {
  std::string key;
  for (char c = 0; c < 32; ++c) key += c;
  return key;
}

security::Digest digest_of(std::uint64_t n1, std::uint64_t n2) {
  security::Digest digest{};
  for (std::size_t i = 0; i < 8; ++i) {
    digest[i] = static_cast<std::uint8_t>(n1 << 11 >> (56 - 8 * i));
    digest[8 + i] = static_cast<std::uint8_t>(n2 << 11 >> (56 - 8 * i));
  }
  return digest;
}

constexpr std::int64_t kNoBound = 4'000'000'000'000'000'000;

TEST_CASE("multipliers are those of the high-precision table, to the last digit") {
  std::int64_t clamped = 0;
  for (const auto& row : kAccounts) {
    DailyMultiplier multiplier(test_key(), {row.sigma, row.min_percent, row.max_percent});
    const auto m = multiplier.of(UserId{row.user}, time::parse_day(row.day).value());
    if (m.billionths != row.billionths) FAIL_CHECK(row.user << ' ' << row.day << ' ' << m.billionths);
    if (m.billionths == std::llround((100 + row.min_percent) * 1e7)) ++clamped;
  }
  CHECK(clamped > 100);
}

TEST_CASE("values next to a tie are rounded as in high precision") {
  for (const auto& row : kTies) {
    const auto m = billionths_of(digest_of(row.n1, row.n2), row.sigma, 0, kNoBound);
    if (m != row.billionths) FAIL_CHECK(row.n1 << ' ' << row.n2 << ' ' << row.sigma << ' ' << m);
  }
}

TEST_CASE("the table has values that double alone gets wrong") {
  std::int64_t wrong = 0;
  for (const auto& row : kTies) {
    const double u1 = std::ldexp(static_cast<double>(row.n1) + 0.5, -53);
    const double u2 = std::ldexp(static_cast<double>(row.n2) + 0.5, -53);
    const double z = std::sqrt(-2 * std::log(u1)) * std::cos(2 * M_PI * u2);
    const double scaled = std::exp(row.sigma * z - row.sigma * row.sigma / 2) * 1e9;
    if (std::floor(scaled + 0.5) != static_cast<double>(row.billionths)) ++wrong;
  }
  CHECK(wrong > 0);
}

TEST_CASE("bits of the digest after the sixteenth byte, and the lowest eleven of each half, do not matter") {
  auto digest = digest_of(123456789012345, 987654321098765);
  const auto m = billionths_of(digest, 0.02, 0, kNoBound);
  digest[31] ^= 0xFF;
  digest[16] ^= 0xFF;
  digest[7] ^= 0xFF;
  digest[15] ^= 0xFF;
  CHECK(billionths_of(digest, 0.02, 0, kNoBound) == m);
  digest[8] ^= 0x10;
  CHECK(billionths_of(digest, 0.02, 0, kNoBound) != m);
}

TEST_CASE("a user, a day and a key decide the multiplier") {
  const auto day = time::parse_day("2026-01-31").value();
  DailyMultiplier one(test_key(), {});
  DailyMultiplier same(one);
  DailyMultiplier other(std::string(32, 'k'), {});
  CHECK(one.of(UserId{7}, day) == same.of(UserId{7}, day));
  CHECK(one.of(UserId{7}, day) != one.of(UserId{8}, day));
  CHECK(one.of(UserId{7}, day) != one.of(UserId{7}, day + std::chrono::days(1)));
  CHECK(one.of(UserId{7}, day) != other.of(UserId{7}, day));
}

TEST_CASE("settings that cannot work are refused") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  const MultiplierSettings bad[] = {
      {-0.01, -5, 5},       {nan, -5, 5},       {infinity, -5, 5},      {11, -5, 5},     {0.02, 5, -5},
      {0.02, -100, 5},      {0.02, nan, 5},     {0.02, -5, nan},        {0.02, -5, 1e7}, {0.02, -infinity, 5},
      {0.02, -5, infinity}, {0.02, -101, -100}, {0.02, -100 + 1e-9, 5},
  };
  for (const auto& settings : bad) {
    CAPTURE(settings.sigma, settings.min_percent, settings.max_percent);
    CHECK_THROWS_AS(DailyMultiplier(test_key(), settings), std::invalid_argument);
  }
  CHECK_NOTHROW(DailyMultiplier(test_key(), {0, 0, 0}));
  CHECK_NOTHROW(DailyMultiplier(test_key(), {kMaxSigma, kMinPercent, kMaxPercent}));
}

}  // namespace
}  // namespace dontgoback::extension
