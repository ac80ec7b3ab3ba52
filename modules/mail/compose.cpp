#include "compose.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <stdexcept>

#include "dontgoback/text/ascii.hpp"
#include "encoding.hpp"

namespace dontgoback::mail {
namespace {

constexpr std::size_t kMaxLine = 78;  // RFC 5322 section 2.1.1

/// RFC 5322 section 3.3, in UTC.
std::string date_time(time::Timestamp moment) {
  constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(moment - day));
  std::array<char, 64> text{};
  const auto length = std::snprintf(text.data(), text.size(), "%s, %u %s %04d %02d:%02d:%02d +0000",
                                    kDays[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
                                    kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                                    static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                                    static_cast<int>(clock.seconds().count()));
  return {text.data(), static_cast<std::size_t>(length)};
}

void add_field(std::string& mail, std::string_view name, std::string_view value) {
  mail.append(name).append(": ").append(value).append(kLineEnd);
}

/// As it is where that means itself and fits into the line; in encoded words else.
std::string unstructured(std::string_view text, std::size_t taken) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || text::is_visible(c); }) &&
                     text.front() != ' ' && text.back() != ' ' && text.find("=?") == std::string_view::npos;
  return plain && taken + text.size() <= kMaxLine ? std::string(text) : encoded_words(text, taken);
}

/// Who writes mails begins their subjects with the first release's name, and the operator may have another.
std::string subject_of(const Message& message, const Sender& sender) {
  constexpr std::string_view kFirstRelease = "[DontGoBack] ";
  if (!sender.network || !message.subject.starts_with(kFirstRelease)) return message.subject;
  const auto rest = std::string_view(message.subject).substr(kFirstRelease.size());
  const bool english =
      std::all_of(rest.begin(), rest.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return "[" + (english ? sender.network->en : sender.network->ko) + "] " + std::string(rest);
}

std::string mailbox(const Sender& sender, std::size_t taken) {
  if (sender.name.empty()) return sender.address;
  // A phrase of words without specials (RFC 5322 section 3.2.5).
  const bool plain = std::all_of(sender.name.begin(), sender.name.end(), [](char c) {
    return c == ' ' || c == '\'' || text::is_letter(c) || text::is_digit(c);
  });
  const auto name = plain && taken + sender.name.size() <= kMaxLine ? sender.name : encoded_words(sender.name, taken);
  // On a line of its own: a line with encoded words is short (RFC 2047 section 2).
  return name + "\r\n <" + sender.address + ">";
}

void add_part(std::string& mail, std::string_view boundary, std::string_view type, std::string_view text) {
  mail.append("--").append(boundary).append(kLineEnd);
  add_field(mail, "Content-Type", std::string(type) + "; charset=utf-8");
  add_field(mail, "Content-Transfer-Encoding", "base64");
  mail.append(kLineEnd).append(encoded_body(text));
}

}  // namespace

std::string compose(const Sender& sender, const Letter& letter, time::Timestamp date) {
  const auto& message = letter.message;
  if (const auto problem = problem_of(message)) throw std::invalid_argument(std::string(*problem));
  const auto boundary = "=_" + letter.id;  // no line of base64 holds one
  std::string mail;
  add_field(mail, "From", mailbox(sender, 6));
  add_field(mail, "To", message.to);
  add_field(mail, "Subject", unstructured(subject_of(message, sender), 9));
  add_field(mail, "Date", date_time(date));
  add_field(mail, "Message-ID", "<" + letter.id + "@" + std::string(sender.domain()) + ">");
  add_field(mail, "Auto-Submitted", "auto-generated");  // RFC 3834: nobody's holiday notice answers it
  add_field(mail, "MIME-Version", "1.0");
  add_field(mail, "Content-Type", "multipart/alternative;\r\n boundary=\"" + boundary + "\"");
  mail.append(kLineEnd);
  add_part(mail, boundary, "text/plain", message.text);
  add_part(mail, boundary, "text/html", message.html);
  mail.append("--").append(boundary).append("--").append(kLineEnd);
  return mail;
}

}  // namespace dontgoback::mail
