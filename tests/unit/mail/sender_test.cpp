#include "mail/sender.hpp"

#include <catch2/catch.hpp>

using dontgoback::mail::parse_sender;

TEST_CASE("a sender is an address, or a name and one", "[mail]") {
  REQUIRE(parse_sender("a@b.kr"));
  CHECK(parse_sender("a@b.kr")->name.empty());
  CHECK(parse_sender("a@b.kr")->domain() == "b.kr");
  REQUIRE(parse_sender("돈고백 <no-reply@b.kr>"));
  CHECK(parse_sender("돈고백 <no-reply@b.kr>")->name == "돈고백");
  CHECK(parse_sender("돈고백 <no-reply@b.kr>")->address == "no-reply@b.kr");
  CHECK(parse_sender("<a@b.kr>")->name.empty());
}

TEST_CASE("what is no sender", "[mail]") {
  for (const auto* text :
       {"", "a", "a@", "Name", "Name a@b.kr", "Name <a@b.kr", "Name <a@b.kr> x", "Name <>", "A <b> <a@b.kr>",
        "\"N\" <a@b.kr>", "N\n <a@b.kr>", "N\r\nBcc: c@d.kr <a@b.kr>", "\xFF <a@b.kr>", "N < a@b.kr>"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_sender(text));
  }
}
