#include "words.hpp"

#include "pages/pages.hpp"

namespace dontgoback::core::leaving {
namespace {

struct Words {
  std::string_view subject, title, mail, go_on, button, before_day, what, back;
};

constexpr std::string_view kIgnoreKo = "요청한 적이 없다면 이 메일을 무시하세요. 아무 일도 일어나지 않습니다.";
constexpr std::string_view kIgnoreEn = "If you did not ask for this mail, ignore it. Nothing will happen.";

constexpr Words kCloseKo{
    "[DontGoBack] 회원 탈퇴 요청",
    "회원 탈퇴",
    "회원 탈퇴를 요청하셨습니다. 아래 링크를 5분 안에 열고, 열린 페이지에서 확인하면 탈퇴가 접수됩니다.",
    "탈퇴 계속하기",
    "탈퇴하기",
    "다시 로그인할 수 있는 마지막 날: ",
    "모든 기기에서 로그아웃되고, 쓴 글과 프로필이 숨겨집니다. 14일 안에 다시 로그인하면 계정이 복구됩니다. 그 뒤에는 "
    "계정과 개인 정보가 완전히 삭제되고, 답글이 달린 글은 내용 없이 자리만 남습니다.",
    "탈퇴하지 않고 돌아가기"};
constexpr Words kCloseEn{
    "[DontGoBack] Closing your account",
    "Close the account",
    "You asked to close your account. Open the link below within 5 minutes and confirm on the page behind it.",
    "Go on",
    "Close the account",
    "The last day to come back: ",
    "You are signed out on all devices, and your posts and profile are hidden. Signing in again within 14 days brings "
    "the "
    "account back. After that it is deleted for good with all that is personal; what others answered keeps a place "
    "without "
    "its words.",
    "Go back without closing it"};
constexpr Words kDeactivateKo{
    "[DontGoBack] 계정 비활성화 요청",
    "계정 비활성화",
    "계정 비활성화를 요청하셨습니다. 아래 링크를 5분 안에 열고, 열린 페이지에서 확인하면 비활성화됩니다.",
    "비활성화 계속하기",
    "비활성화하기",
    "",
    "모든 기기에서 로그아웃되고, 쓴 글과 프로필이 숨겨집니다. 다시 로그인하면 계정이 활성화됩니다.",
    "비활성화하지 않고 돌아가기"};
constexpr Words kDeactivateEn{
    "[DontGoBack] Deactivating your account",
    "Deactivate the account",
    "You asked to deactivate your account. Open the link below within 5 minutes and confirm on the page behind it.",
    "Go on",
    "Deactivate",
    "",
    "You are signed out on all devices, and your posts and profile are hidden until you sign in again.",
    "Go back without deactivating it"};

const Words& words_of(http::Language language, Wish wish) {
  if (wish == Wish::close) return language == http::Language::ko ? kCloseKo : kCloseEn;
  return language == http::Language::ko ? kDeactivateKo : kDeactivateEn;
}

}  // namespace

mail::Message mail_with_link(http::Language language, Wish wish, const std::string& to, std::string_view link,
                             time::Timestamp until) {
  const auto& words = words_of(language, wish);
  const auto ignore = language == http::Language::ko ? kIgnoreKo : kIgnoreEn;
  auto mail =
      pages::compose(to, {language, words.subject, words.title, words.mail, link, words.go_on, words.what, ignore});
  mail.until = until;
  return mail;
}

std::string page_of_link(http::Language language, Wish wish, std::string_view token, time::Day until) {
  const auto& words = words_of(language, wish);
  std::string inner = "<p>";
  inner.append(words.what).append("</p>");
  if (!words.before_day.empty())
    inner.append("<p>").append(words.before_day).append(time::to_string(until)).append("</p>");
  inner += pages::form(path_of(wish), token, "", words.button);
  inner += pages::way_back(words.back);
  return pages::page(language, words.title, inner);
}

}  // namespace dontgoback::core::leaving
