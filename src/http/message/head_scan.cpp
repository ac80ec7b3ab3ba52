#include "http/message/head_scan.hpp"

#include "http/message/grammar.hpp"

namespace dontgoback::http {
namespace {

/// `method SP target SP version`: no other blanks, the target in visible ASCII.
bool is_request_line(std::string_view line) {
  const auto method = line.find(' ');
  const auto target = method == line.npos ? line.npos : line.find(' ', method + 1);
  if (target == line.npos || !grammar::is_token(line.substr(0, method))) return false;
  const auto named = line.substr(method + 1, target - method - 1);
  return !named.empty() && std::all_of(named.begin(), named.end(), text::is_visible) &&
         line.substr(target + 1).starts_with("HTTP/1.") && line.size() == target + 9;
}

/// `version SP 3DIGIT SP [reason]`: the second blank also without a reason.
bool is_status_line(std::string_view line) {
  constexpr std::size_t kCode = 9;
  if (!line.starts_with("HTTP/1.") || line.size() < kCode + 4) return false;
  const auto code = line.substr(kCode, 3);
  return line[kCode - 1] == ' ' && code.front() >= '1' && code.front() <= '5' &&
         std::all_of(code.begin(), code.end(), text::is_digit) && line[kCode + 3] == ' ';
}

/// Whether all are of grammar::kText. Without a way out in the middle the compiler takes 16 bytes at a time.
bool is_text(std::string_view text) {
  unsigned char bad = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const unsigned char control = c < ' ' ? 1 : 0;
    const unsigned char other = c != '\t' ? 1 : 0;
    const unsigned char del = c == 0x7F ? 1 : 0;
    bad |= static_cast<unsigned char>((control & other) | del);
  }
  return bad == 0;
}

}  // namespace

bool is_field_line(std::string_view line) {
  std::size_t name = 0;
  while (name < line.size() && grammar::in(grammar::kToken, line[name])) ++name;
  return name > 0 && name < line.size() && line[name] == ':';
}

HeadScan::Verdict HeadScan::scan(std::string_view head) {
  while (true) {
    const auto end = std::min(head.find('\r', checked_), head.size());
    if (!is_text(head.substr(checked_, end - checked_))) return Verdict::bad;
    checked_ = end;
    if (end == head.size()) return Verdict::partly;
    if (end + 1 == head.size()) return Verdict::partly;
    if (head[end + 1] != '\n') return Verdict::bad;

    const auto line = head.substr(line_, end - line_);
    const bool first = line_ == 0;
    if (!first && line.empty()) {
      line_ = checked_ = end + 2;
      return Verdict::whole;
    }
    const bool good = !first                   ? is_field_line(line)
                      : kind_ == Kind::request ? is_request_line(line)
                                               : is_status_line(line);
    if (!good) return Verdict::bad;
    line_ = checked_ = end + 2;
  }
}

}  // namespace dontgoback::http
