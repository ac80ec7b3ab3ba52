#include "page.hpp"

#include "pages/pages.hpp"

namespace dontgoback::core::sign_in {
namespace {

struct Words {
  std::string_view title, once, keep, keep_hint, button, leave, elsewhere, show, code, code_hint;
};

constexpr Words kKorean{
    "로그인",
    "링크는 한 번만 쓸 수 있습니다.",
    "방문자로 쓴 글을 가져오기",
    "글, 댓글, 좋아요가 회원의 것이 됩니다. 가져오지 않으면 방문자의 것으로 남고 더는 고칠 수 없습니다.",
    "로그인하기",
    "로그인하지 않고 돌아가기",
    "로그인을 요청한 브라우저가 아닙니다. 숫자 여섯 자리를 보고 그 브라우저에 입력하세요.",
    "숫자 보기",
    "로그인을 요청한 브라우저에 이 숫자를 입력하세요.",
    "이 브라우저에서는 로그인되지 않습니다. 로그인을 요청한 적이 없다면 이 창을 닫고, 숫자를 누구에게도 알려 주지 "
    "마세요."};
constexpr Words kEnglish{
    "Sign in",
    "This link works once.",
    "Take along what I wrote as a guest",
    "Posts, comments and likes become the member’s. Left behind they stay the guest’s and cannot "
    "be edited any more.",
    "Sign in",
    "Go back without signing in",
    "This is not the browser where you asked to sign in. See six digits here and type them there.",
    "Show the digits",
    "Type these digits in the browser where you asked to sign in.",
    "Nobody is signed in here. If you did not ask to sign in, close this page, and tell the digits "
    "to nobody."};

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const auto part : parts) text += part;
  return text;
}

const Words& words_in(http::Language language) { return language == http::Language::ko ? kKorean : kEnglish; }

std::string page_with_form(http::Language language, std::string_view action, std::string_view token,
                           std::string_view inner) {
  const auto& words = words_in(language);
  return pages::page(language, words.title,
                     joined({"<p>", words.once, "</p>", pages::form(action, token, inner, words.button),
                             pages::way_back(words.leave)}));
}

}  // namespace

std::string sign_in_page(http::Language language, std::string_view token, bool guest) {
  const auto& words = words_in(language);
  std::string inner;
  if (guest) {
    // Not chosen beforehand: whoever wrote here as a guest may be somebody else.
    inner = joined({"<label><input type=\"checkbox\" name=\"keepPosts\" value=\"true\"><span>", words.keep,
                    "</span><span class=\"hint\">", words.keep_hint, "</span></label>"});
  }
  return page_with_form(language, "/api/sign-in-link", token, inner);
}

std::string email_link_page(http::Language language, std::string_view token) {
  return page_with_form(language, "/api/sign-in/email", token, "");
}

std::string email_elsewhere_page(http::Language language, std::string_view token) {
  const auto& words = words_in(language);
  constexpr std::string_view kShow = "<input type=\"hidden\" name=\"show\" value=\"digits\">";
  return pages::page(
      language, words.title,
      joined({"<p>", words.elsewhere, "</p>", pages::form("/api/sign-in/email", token, kShow, words.show),
              "<p class=\"hint\">", words.code_hint, "</p>"}));
}

std::string email_code_page(http::Language language, std::string_view code) {
  const auto& words = words_in(language);
  return pages::page(language, words.title,
                     joined({"<p>", words.code, "</p><p class=\"brand\" id=\"code\">", code, "</p><p class=\"hint\">",
                             words.code_hint, "</p>"}));
}

}  // namespace dontgoback::core::sign_in
