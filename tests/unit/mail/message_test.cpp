#include "dontgoback/mail/message.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace dontgoback;

namespace {

mail::Message good() { return {"a@b.kr", "로그인 링크", "첫째 줄\n둘째\t줄\n", "<p>첫째 줄</p>\n"}; }

}  // namespace

TEST_CASE("a message that can be composed", "[mail]") {
  CHECK_FALSE(mail::problem_of(good()));
  auto message = good();
  message.subject = std::string(200, 's');
  message.text.clear();
  CHECK_FALSE(mail::problem_of(message));
}

TEST_CASE("a message with a problem", "[mail]") {
  const auto with = [](auto change) {
    auto message = good();
    change(message);
    return mail::problem_of(message);
  };
  CHECK(with([](auto& m) { m.to = "a@b.kr\r\nBcc: c@d.kr"; }));
  CHECK(with([](auto& m) { m.subject.clear(); }));
  CHECK(with([](auto& m) { m.subject = std::string(201, 's'); }));
  CHECK(with([](auto& m) { m.subject = "\xC3"; }));
  CHECK(with([](auto& m) { m.text = "\xED\xA0\x80"; }));
  CHECK(with([](auto& m) { m.html = "\xFF"; }));
  for (const char c : {'\r', '\n', '\0', '\t', '\x1B', '\x7F'}) {
    CHECK(with([c](auto& m) { m.subject.insert(1, 1, c); }));
  }
  for (const char c : {'\r', '\0', '\x1B', '\x7F'}) {
    CHECK(with([c](auto& m) { m.text.insert(1, 1, c); }));
    CHECK(with([c](auto& m) { m.html.insert(1, 1, c); }));
  }
}

TEST_CASE("a problem is told without the message", "[mail]") {
  auto message = good();
  message.to = "somebody@";
  CHECK(mail::problem_of(message)->find("somebody") == std::string_view::npos);
}

TEST_CASE("no two letters have the same id", "[mail]") { CHECK(mail::new_id() != mail::new_id()); }

TEST_CASE("only a whole letter is read", "[mail]") {
  const std::string id = R"({"id":"00112233445566778899aabbccddeeff",)";
  const auto letter = mail::read(id + R"("to":"a@b.kr","subject":"s","text":"t\n","html":"<p>","more":1})");
  REQUIRE(letter);
  CHECK(letter->id == "00112233445566778899aabbccddeeff");
  CHECK(letter->message.to == "a@b.kr");
  CHECK(letter->message.subject == "s");
  CHECK(letter->message.text == "t\n");
  CHECK(letter->message.html == "<p>");
  for (const auto* rest :
       {"}", R"("to":"a@b.kr","subject":"s","text":"t"})", R"("to":"a@b.kr","subject":1,"text":"t","html":"h"})",
        R"("to":"a@","subject":"s","text":"t","html":"h"})",
        R"("to":"a@b.kr","subject":"s\r\nBcc: c@d.kr","text":"t","html":"h"})"}) {
    CAPTURE(rest);
    CHECK_FALSE(mail::read(id + rest));
  }
  for (const auto* payload : {"", "{}", "[]", R"({"to":"a@b.kr","subject":"s","text":"t","html":"h"})",
                              R"({"id":"../../x","to":"a@b.kr","subject":"s","text":"t","html":"h"})"}) {
    CAPTURE(payload);
    CHECK_FALSE(mail::read(payload));
  }
}
