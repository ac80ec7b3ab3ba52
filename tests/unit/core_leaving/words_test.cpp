#include "core/leaving/words.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback;
using namespace dontgoback::core::leaving;

namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("A mail to leave can be sent, and has its link in both bodies") {
  const auto wish = GENERATE(Wish::close, Wish::deactivate);
  const auto language = GENERATE(http::Language::ko, http::Language::en);
  const time::Timestamp over{std::chrono::hours(1)};
  const auto mail = mail_with_link(language, wish, "kim@example.com", "https://x.example/api?token=abc", over);
  CHECK_FALSE(mail::problem_of(mail).has_value());
  CHECK(mail.subject.starts_with("[DontGoBack] "));
  CHECK_FALSE(has(mail.html, "DontGoBack"));  // named by the subject, in the operator's words
  CHECK(mail.until == over);
  CHECK(has(mail.text, "https://x.example/api?token=abc\n"));
  CHECK(has(mail.html, "href=\"https://x.example/api?token=abc\""));
  CHECK(has(mail.html, language == http::Language::ko ? "lang=\"ko\"" : "lang=\"en\""));
}

TEST_CASE("The page behind the link says what will happen, and acts by its form only") {
  const auto day = *time::parse_day("2026-12-11");
  const auto close = page_of_link(http::Language::ko, Wish::close, "abc", day);
  CHECK(has(close, "<form method=\"post\" action=\"/api/v1/users/account-close\">"));
  CHECK(has(close, "value=\"abc\""));
  CHECK(has(close, "2026-12-11"));
  const auto deactivate = page_of_link(http::Language::en, Wish::deactivate, "abc", day);
  CHECK(has(deactivate, "action=\"/api/v1/users/account-inactive\""));
  CHECK_FALSE(has(deactivate, "2026-12-11"));
  CHECK_FALSE(has(close + deactivate, "<script"));
}
