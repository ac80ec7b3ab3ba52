#include "sign_in/email/email_mail.hpp"

#include <string_view>

namespace dontgoback::core::sign_in {
namespace {

struct Words {
  std::string_view language, subject, title, body, button, other, ignore, closed;
};

constexpr Words kKorean{
    "ko",
    "[DontGoBack] 로그인 링크",
    "로그인",
    "아래 링크를 15분 안에 여세요. 한 번만 쓸 수 있습니다.",
    "로그인하기",
    "로그인을 요청한 브라우저에서 열면 바로 로그인됩니다. 다른 브라우저에서 열면 숫자 여섯 자리가 "
    "보입니다. 그 숫자는 로그인을 요청한 화면에만 입력하고, 누구에게도 알려 주지 마세요.",
    "요청한 적이 없다면 이 메일을 무시하세요. 아무 일도 일어나지 않습니다.",
    "이 주소로 로그인하려는 요청이 있었지만, 이 주소로 된 계정이 없고 지금은 가입을 받지 않습니다."};
constexpr Words kEnglish{
    "en",
    "[DontGoBack] Your sign-in link",
    "Sign in",
    "Open the link below within 15 minutes. It works once.",
    "Sign in",
    "In the browser that asked for it the link signs you in. In another one it shows six digits: type them only on the "
    "page where you asked to sign in, and tell them to nobody.",
    "If you did not ask for this mail, ignore it. Nothing will happen.",
    "Somebody asked to sign in with this address, but it belongs to no account, and nobody can sign up now."};

const Words& words_in(http::Language language) { return language == http::Language::ko ? kKorean : kEnglish; }

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const auto part : parts) text += part;
  return text;
}

/// Mail programs know no style sheets: what there is stands in the tags.
std::string document(const Words& words, std::string_view inner) {
  return joined(
      {"<!doctype html>\n<html lang=\"", words.language, "\">\n<head><meta charset=\"utf-8\"><title>", words.subject,
       "</title></head>\n<body style=\"font-family:sans-serif;line-height:1.6;max-width:32em;margin:2em "
       "auto;padding:0 1em\">\n<h1 style=\"font-size:1.25em\">",
       words.title, "</h1>\n", inner, "<p style=\"color:#5c5f66\">", words.ignore, "</p>\n</body>\n</html>\n"});
}

}  // namespace

mail::Message link_mail(http::Language language, const std::string& to, const std::string& link) {
  const auto& words = words_in(language);
  const auto inner =
      joined({"<p>", words.body, "</p>\n<p><a href=\"", link,
              "\" style=\"background:#1b1d22;border-radius:.6em;color:#fffdf8;display:inline-block;padding:.6em "
              "1.2em;text-decoration:none\">",
              words.button, "</a></p>\n<p style=\"overflow-wrap:anywhere\"><a href=\"", link, "\">", link,
              "</a></p>\n<p>", words.other, "</p>\n"});
  return {.to = to,
          .subject = std::string(words.subject),
          .text = joined({words.body, "\n\n", link, "\n\n", words.other, "\n\n", words.ignore, "\n"}),
          .html = document(words, inner)};
}

mail::Message closed_mail(http::Language language, const std::string& to) {
  const auto& words = words_in(language);
  return {.to = to,
          .subject = std::string(words.subject),
          .text = joined({words.closed, "\n\n", words.ignore, "\n"}),
          .html = document(words, joined({"<p>", words.closed, "</p>\n"}))};
}

}  // namespace dontgoback::core::sign_in
