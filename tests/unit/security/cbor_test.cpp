#include "security/webauthn/cbor.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback::security;
using cbor::Value;

namespace {

/// Bytes written as in RFC 8949, appendix A.
std::string hex(std::string_view digits) {
  std::string bytes;
  for (std::size_t at = 0; at + 1 < digits.size(); at += 2) {
    bytes += static_cast<char>(std::stoi(std::string(digits.substr(at, 2)), nullptr, 16));
  }
  return bytes;
}

template <class T>
std::optional<T> read_as(std::string_view digits) {
  static std::string bytes;
  bytes = hex(digits);
  const auto value = cbor::read(bytes);
  const auto* found = value ? value->if_is<T>() : nullptr;
  return found == nullptr ? std::nullopt : std::optional(*found);
}

}  // namespace

TEST_CASE("Examples of RFC 8949, appendix A") {
  const std::pair<const char*, std::int64_t> integers[] = {{"00", 0},
                                                           {"17", 23},
                                                           {"1818", 24},
                                                           {"1864", 100},
                                                           {"1903e8", 1000},
                                                           {"1a000f4240", 1'000'000},
                                                           {"20", -1},
                                                           {"3863", -100},
                                                           {"3903e7", -1000},
                                                           {"1b000000e8d4a51000", 1'000'000'000'000},
                                                           {"1b7fffffffffffffff", INT64_MAX},
                                                           {"3b7fffffffffffffff", INT64_MIN}};
  for (const auto& [digits, number] : integers) {
    CAPTURE(digits);
    CHECK(read_as<std::int64_t>(digits) == number);
  }
  CHECK(read_as<bool>("f4") == false);
  CHECK(read_as<bool>("f5") == true);
  CHECK(read_as<cbor::Null>("f6").has_value());
  CHECK(read_as<std::string_view>("6449455446") == "IETF");
  CHECK(read_as<std::string_view>("62c3bc") == "\u00fc");
  CHECK(read_as<cbor::Bytes>("4401020304")->value == hex("01020304"));
  const auto bytes = hex("a26161016162820203");
  const auto map = cbor::read(bytes);
  REQUIRE(map);
  CHECK(*cbor::find(*map, "a")->if_is<std::int64_t>() == 1);
  CHECK(cbor::find(*map, "b")->if_is<cbor::Array>()->size() == 2);
  CHECK(cbor::find(*map, "c") == nullptr);
}

TEST_CASE("What is not read") {
  const std::pair<const char*, const char*> bad[] = {
      {"nothing", ""},
      {"a number cut off", "19 03"},
      {"a longer form than needed", "1817"},
      {"the same of two bytes", "190017"},
      {"a positive integer of 64 bit", "1b8000000000000000"},
      {"a negative one below 64 bit", "3b8000000000000000"},
      {"indefinite bytes", "5f42010243030405ff"},
      {"an indefinite array", "9f01ff"},
      {"an indefinite map", "bf616101ff"},
      {"a tag", "c074323031332d30332d32315432303a30343a30305a"},
      {"a float", "f93c00"},
      {"undefined", "f7"},
      {"a break alone", "ff"},
      {"a reserved length", "1c"},
      {"text that is not UTF-8", "62c328"},
      {"text that is cut off", "634945"},
      {"a key twice", "a2616101616102"},
      {"a key twice that is a number", "a201010102"},
      {"a key that is an array", "a1800 1"},
      {"a map cut off", "a26161016162"},
      {"an array said to be enormous", "9b00ffffffffffffff"},
      {"bytes said to be enormous", "5bffffffffffffffff"},
      {"something left over", "0000"},
      {"five deep", "818181818101"},
  };
  for (const auto& [what, digits] : bad) {
    CAPTURE(what);
    std::string without_spaces(digits);
    std::erase(without_spaces, ' ');
    CHECK_FALSE(cbor::read(hex(without_spaces)).has_value());
  }
  CHECK(cbor::read(hex("8181818101")).has_value());  // four deep
}

TEST_CASE("The first of several items leaves the others") {
  const auto bytes = hex("0102");
  std::string_view left = bytes;
  CHECK(*cbor::read_first(left)->if_is<std::int64_t>() == 1);
  CHECK(left == hex("02"));
}
