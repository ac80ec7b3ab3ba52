#include "device_mails.hpp"

#include <array>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "accounts/accounts.hpp"

namespace dontgoback::core::sessions {
namespace {

struct Words {
  std::string_view language, subject, title, body, device, address, time, unknown, mine, other, button;
};

constexpr Words kKorean{"ko",
                        "[DontGoBack] 새 기기에서 로그인",
                        "새 기기에서 로그인했습니다",
                        "회원님의 계정이 처음 보는 기기에서 로그인되었습니다.",
                        "기기",
                        "주소",
                        "시각",
                        "알 수 없음",
                        "직접 로그인했다면 아무것도 하지 않아도 됩니다.",
                        "로그인한 적이 없다면 설정에서 그 기기를 로그아웃하고, 로그인 방법을 확인해 주세요.",
                        "설정 열기"};
constexpr Words kEnglish{"en",
                         "[DontGoBack] A sign-in on a new device",
                         "A sign-in on a new device",
                         "Somebody signed in to your account on a device that was not used before.",
                         "Device",
                         "Address",
                         "Time",
                         "unknown",
                         "If it was you, there is nothing to do.",
                         "If it was not, sign that device out in the settings, and look at your ways of signing in.",
                         "Open the settings"};

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const auto part : parts) text += part;
  return text;
}

}  // namespace

std::string local_time(const time::Zone& zone, time::Timestamp moment) {
  using std::chrono::minutes;
  const auto day = zone.day_of(moment);
  auto shown = std::chrono::floor<minutes>(moment - zone.at(day, minutes(0)));
  // What clocks show jumps on two days of a year in some zones.
  shown += std::chrono::floor<minutes>(moment - zone.at(day, shown));
  const auto two = [](std::int64_t number) { return std::to_string(100 + number).substr(1); };
  return to_string(day) + ' ' + two(shown.count() / 60) + ':' + two(shown.count() % 60) + " (" + zone.name() + ')';
}

mail::Message device_mail(http::Language language, const std::string& to, const DeviceNews& news) {
  const auto& words = language == http::Language::ko ? kKorean : kEnglish;
  const auto told = [&](const std::string& text) { return text.empty() ? words.unknown : std::string_view(text); };
  const std::array<std::pair<std::string_view, std::string_view>, 3> facts{
      {{words.device, told(news.device)}, {words.address, told(news.address)}, {words.time, news.time}}};
  std::string text = joined({words.body, "\n\n"});
  std::string rows;
  for (const auto& [name, value] : facts) {
    text += joined({name, ": ", value, "\n"});
    rows += joined({"<tr><th style=\"padding-right:1em;text-align:left\">", name, "</th><td>", value, "</td></tr>\n"});
  }
  text += joined({"\n", words.mine, "\n", words.other, "\n\n", news.settings, "\n"});
  auto html = joined(
      {"<!doctype html>\n<html lang=\"", words.language, "\">\n<head><meta charset=\"utf-8\"><title>", words.title,
       "</title></head>\n<body style=\"font-family:sans-serif;line-height:1.6;max-width:32em;margin:2em "
       "auto;padding:0 1em\">\n<h1 style=\"font-size:1.25em\">",
       words.title, "</h1>\n<p>", words.body, "</p>\n<table>\n", rows, "</table>\n<p>", words.mine, "<br>\n",
       words.other, "</p>\n<p><a href=\"", news.settings,
       "\" style=\"background:#1b1d22;border-radius:.6em;color:#fffdf8;display:inline-block;padding:.6em "
       "1.2em;text-decoration:none\">",
       words.button, "</a></p>\n</body>\n</html>\n"});
  return {.to = to, .subject = std::string(words.subject), .text = std::move(text), .html = std::move(html)};
}

void DeviceMails::tell(storage::Connection& connection, UserId user, const Where& where, time::Timestamp now) const {
  const auto email = accounts::mail_address(connection, user);
  if (!email) return;
  const auto language = accounts::language_of(connection, user).value_or(where.language);
  mail::send(
      outbox_, connection,
      device_mail(language, *email, {where.device, where.address, local_time(zone_, now), public_url_ + "/settings"}));
}

}  // namespace dontgoback::core::sessions
