#include "dontgoback/text/written.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <charconv>
#include <fstream>
#include <sstream>
#include <string>

using namespace dontgoback;
using namespace dontgoback::text;

namespace {

/// The cases that the page's tests read too: what one takes and the other refuses is typed in vain.
const boost::json::object& cases() {
  static const boost::json::object read = [] {
    std::ostringstream text;
    text << std::ifstream(TEXT_CASES).rdbuf();
    return boost::json::parse(text.str()).as_object();
  }();
  return read;
}

std::string repeat(std::string_view piece, std::int64_t n) {
  std::string text;
  for (std::int64_t i = 0; i < n; ++i) text += piece;
  return text;
}

char32_t hexadecimal(const boost::json::value& text) {
  std::uint32_t code = 0;
  const auto& digits = text.as_string();
  std::from_chars(digits.begin(), digits.end(), code, 16);
  return code;
}

std::string_view verdict(const Result<std::string>& read) {
  if (read) return "text";
  const auto message = read.failure().message.en;
  if (message.find("blank") != std::string_view::npos) return "blank";
  return message.find("longer") != std::string_view::npos ? "long" : "control";
}

}  // namespace

TEST_CASE("what is sent is stored in one form, or refused with its reason") {
  for (const auto& each : cases().at("texts").as_array()) {
    const auto& row = each.as_object();
    CAPTURE(boost::json::serialize(row));
    const std::string_view piece = row.at("piece").as_string();
    const auto times = row.at("times").as_int64();
    const auto* stored = row.if_contains("stored");
    const auto read = read_written(repeat(piece, times));
    CHECK(verdict(read) == std::string_view(row.at("is").as_string()));
    if (read) CHECK(*read == repeat(stored ? std::string_view(stored->as_string()) : piece, times));
  }
}

TEST_CASE("what is stored is read as it is") {
  for (const auto& each : cases().at("texts").as_array()) {
    const auto& row = each.as_object();
    const auto once = read_written(repeat(std::string_view(row.at("piece").as_string()), row.at("times").as_int64()));
    if (!once) continue;
    const auto again = read_written(*once);
    CAPTURE(boost::json::serialize(row));
    REQUIRE(again);
    CHECK(*again == *once);
  }
}

TEST_CASE("each character is seen or unseen, as the page has it") {
  std::u32string unseen;
  for (const auto& range : cases().at("unseen").as_array()) {
    for (auto c = hexadecimal(range.at(0)); c <= hexadecimal(range.at(1)); ++c) unseen += c;
  }
  std::u32string found;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (is_unseen(c)) found += c;
  }
  CHECK(found == unseen);
}
