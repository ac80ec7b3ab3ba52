#include "mail/smtp_url.hpp"

#include <catch2/catch.hpp>

using dontgoback::mail::SmtpUrl;

TEST_CASE("where a mail server is", "[mail]") {
  const auto text = [](std::string_view url) {
    const auto parsed = SmtpUrl::parse(url);
    return parsed ? parsed->text() : "";
  };
  CHECK(text("smtp://mail.example.com") == "smtp://mail.example.com:587");
  CHECK(text("smtps://mail.example.com/") == "smtps://mail.example.com:465");
  CHECK(text("SMTP://Mail.example.com:25") == "smtp://mail.example.com:25");
  CHECK(text("smtp://[::1]") == "smtp://[::1]:587");
  CHECK(text("smtp://[::1]:80") == "smtp://[::1]:80");
  CHECK(text("smtp://mail.example.com:80") == "smtp://mail.example.com:80");
  CHECK(SmtpUrl::parse("smtp://127.0.0.1:2525")->is_loopback);
  CHECK(SmtpUrl::parse("smtp://localhost")->is_loopback);
  CHECK_FALSE(SmtpUrl::parse("smtp://10.0.0.1")->is_loopback);
  for (const auto* wrong :
       {"", "mail.example.com", "http://a.kr", "smtp://", "smtp://a.kr:0", "smtp://a.kr:65536", "smtp://u:p@a.kr",
        "smtp://a.kr/x", "smtp://a.kr?x", "smtp://a.kr#x", "smtp://a.kr//", "smtp://a b", "smtp://a.kr\r\n"}) {
    CAPTURE(wrong);
    CHECK_FALSE(SmtpUrl::parse(wrong));
  }
}
