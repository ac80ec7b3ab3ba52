#include "sign_in/email/email_mail.hpp"

#include <string_view>

#include "pages/pages.hpp"

namespace dontgoback::core::sign_in {
namespace {

struct Words {
  std::string_view subject, title, body, button, other, ignore, closed;
};

constexpr Words kKorean{
    "[DontGoBack] 로그인 링크",
    "로그인",
    "아래 링크를 15분 안에 여세요. 한 번만 쓸 수 있습니다.",
    "로그인하기",
    "로그인을 요청한 브라우저에서 열면 바로 로그인됩니다. 다른 브라우저에서 열면 숫자 여섯 자리가 "
    "보입니다. 그 숫자는 로그인을 요청한 화면에만 입력하고, 누구에게도 알려 주지 마세요.",
    "요청한 적이 없다면 이 메일을 무시하세요. 아무 일도 일어나지 않습니다.",
    "이 주소로 로그인하려는 요청이 있었지만, 이 주소로 된 계정이 없고 지금은 가입을 받지 않습니다."};
constexpr Words kEnglish{
    "[DontGoBack] Your sign-in link",
    "Sign in",
    "Open the link below within 15 minutes. It works once.",
    "Sign in",
    "In the browser that asked for it the link signs you in. In another one it shows six digits: type them only on the "
    "page where you asked to sign in, and tell them to nobody.",
    "If you did not ask for this mail, ignore it. Nothing will happen.",
    "Somebody asked to sign in with this address, but it belongs to no account, and nobody can sign up now."};

const Words& words_in(http::Language language) { return language == http::Language::ko ? kKorean : kEnglish; }

}  // namespace

mail::Message link_mail(http::Language language, const std::string& to, const std::string& link) {
  const auto& words = words_in(language);
  return pages::compose(
      to, {language, words.subject, words.title, words.body, link, words.button, words.other, words.ignore});
}

mail::Message closed_mail(http::Language language, const std::string& to) {
  const auto& words = words_in(language);
  return pages::compose(to, {language, words.subject, words.title, words.closed, {}, {}, {}, words.ignore});
}

}  // namespace dontgoback::core::sign_in
