#include "dialogue.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/number.hpp"

namespace dontgoback::mail {
namespace {

constexpr std::size_t kMaxEnhanced = 9;  // 5.123.123

/// Of all that is sent only these are verbs; the rest is an answer to the server's challenge.
constexpr std::array<std::string_view, 7> kVerbs{"EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA"};

bool is_enhanced(std::string_view word) {
  return word.size() >= 5 && word.size() <= kMaxEnhanced && std::count(word.begin(), word.end(), '.') == 2 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c == '.' || text::is_digit(c); });
}

}  // namespace

void Dialogue::command(std::string_view line) {
  const auto verb = line.substr(0, line.find_first_of(" \r\n"));
  if (verb == "QUIT") {  // tells nothing of the mail, whose answer stays
    has_ended_ = true;
    return;
  }
  code_ = 0;
  enhanced_.clear();
  const auto known = std::find(kVerbs.begin(), kVerbs.end(), verb);
  if (known != kVerbs.end()) stage_ = *known;
}

void Dialogue::content() {
  if (std::exchange(sends_content_, true)) return;
  code_ = 0;
  enhanced_.clear();
}

void Dialogue::reply(std::string_view line) {
  const auto code = text::number<int>(line.substr(0, 3));
  if (!code || *code < 200 || *code > 599 || has_ended_) return;
  code_ = *code;
  enhanced_.clear();
  if (line.size() < 5) return;
  const auto word = line.substr(4, line.find_first_of(" \r\n", 4) - 4);
  if (is_enhanced(word)) enhanced_ = word;
}

std::string Dialogue::last_answer() const {
  std::string text = code_ == 0 ? "no answer" : std::to_string(code_);
  if (!enhanced_.empty()) text += " " + enhanced_;
  if (sends_content_) return text + " after the content";
  return text + (stage_.empty() ? " at the beginning" : " at " + stage_);
}

}  // namespace dontgoback::mail
