#include "mail/compose.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <stdexcept>

using namespace dontgoback;
using mail::Letter;
using mail::Sender;

namespace {

constexpr time::Timestamp kMoment{std::chrono::milliseconds{1'795'744'805'999}};  // 2026-11-27 02:00:05.999

Letter letter() { return {"00112233445566778899aabbccddeeff", {"to@b.kr", "Hello", "a\n", "<p>a</p>\n"}}; }

}  // namespace

TEST_CASE("a subject begins with the name that the operator gave the network", "[mail]") {
  const auto subject = [](std::string text, std::optional<config::NetworkName> network) {
    auto given = letter();
    given.message.subject = std::move(text);
    const auto mail = mail::compose({"", "no-reply@c.kr", std::move(network)}, given, kMoment);
    const auto at = mail.find("Subject: ") + 9;
    return mail.substr(at, mail.find("\r\n", at) - at);
  };
  const config::NetworkName own{"Moim", "Our circle", true};
  CHECK(subject("[DontGoBack] Your sign-in link", own) == "[Our circle] Your sign-in link");
  CHECK(subject("[DontGoBack] Your sign-in link", std::nullopt) == "[DontGoBack] Your sign-in link");
  CHECK(subject("Another [DontGoBack] mail", own) == "Another [DontGoBack] mail");
  // The Korean name stands before Korean words.
  auto given = letter();
  given.message.subject = "[Moim] 로그인 링크";
  const auto expected = mail::compose({"", "no-reply@c.kr"}, given, kMoment);
  given.message.subject = "[DontGoBack] 로그인 링크";
  CHECK(mail::compose({"", "no-reply@c.kr", own}, given, kMoment) == expected);
}

TEST_CASE("a whole mail", "[mail]") {
  CHECK(mail::compose({"Dont go back", "no-reply@c.kr"}, letter(), kMoment) ==
        "From: Dont go back\r\n <no-reply@c.kr>\r\n"
        "To: to@b.kr\r\n"
        "Subject: Hello\r\n"
        "Date: Fri, 27 Nov 2026 02:00:05 +0000\r\n"
        "Message-ID: <00112233445566778899aabbccddeeff@c.kr>\r\n"
        "Auto-Submitted: auto-generated\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: multipart/alternative;\r\n boundary=\"=_00112233445566778899aabbccddeeff\"\r\n"
        "\r\n"
        "--=_00112233445566778899aabbccddeeff\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        "\r\n"
        "YQ0K\r\n"
        "--=_00112233445566778899aabbccddeeff\r\n"
        "Content-Type: text/html; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        "\r\n"
        "PHA+YTwvcD4NCg==\r\n"
        "--=_00112233445566778899aabbccddeeff--\r\n");
}

TEST_CASE("whatever is in it, a mail is short lines of ASCII that end with CRLF", "[mail]") {
  auto one = letter();
  one.message.subject.clear();
  while (one.message.subject.size() < 190) one.message.subject += "링크 😀";
  one.message.text = std::string(3000, 'x') + "\n.\n..\nFrom me\n가\n";
  std::string name;
  while (name.size() < 90) name += "돈고백";
  const auto text = mail::compose({name, "a@c.kr"}, one, kMoment);
  std::size_t column = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    CHECK(static_cast<unsigned char>(text[i]) < 0x7F);
    if (text[i] == '\r') REQUIRE(text.at(i + 1) == '\n');
    if (text[i] == '\n') REQUIRE(text.at(i - 1) == '\r');
    column = text[i] == '\n' ? 0 : column + 1;
    CHECK(column <= 77);  // 76 and the CR
  }
}

TEST_CASE("a subject that means something else as it is goes in encoded words", "[mail]") {
  for (const auto* subject : {"=?UTF-8?B?YQ==?=", " a", "a ", "가"}) {
    auto one = letter();
    one.message.subject = subject;
    CHECK(mail::compose({"", "a@c.kr"}, one, kMoment).find("\r\nSubject: =?UTF-8?B?") != std::string::npos);
  }
}

TEST_CASE("a name with specials goes in encoded words", "[mail]") {
  for (const auto* name : {"A, B", "a@b", "A (B)", "A; B", "A: B", "=?x?="}) {
    CHECK(mail::compose({name, "a@c.kr"}, letter(), kMoment).starts_with("From: =?UTF-8?B?"));
  }
  CHECK(mail::compose({"", "a@c.kr"}, letter(), kMoment).starts_with("From: a@c.kr\r\n"));
}

TEST_CASE("nothing of a message can begin a header line", "[mail]") {
  auto one = letter();
  one.message.subject = "a\r\nBcc: c@d.kr";
  CHECK_THROWS_AS(mail::compose({"", "a@c.kr"}, one, kMoment), std::invalid_argument);
  one = letter();
  one.message.to = "a@b.kr\nBcc: c@d.kr";
  CHECK_THROWS_AS(mail::compose({"", "a@c.kr"}, one, kMoment), std::invalid_argument);
}
