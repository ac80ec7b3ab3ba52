#include "dontgoback/text/written.hpp"

#include <algorithm>
#include <array>

#include "dontgoback/text/nfc.hpp"
#include "dontgoback/text/utf8.hpp"

namespace dontgoback::text {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

constexpr std::array<Range, 26> kUnseen{{
    {0x0009, 0x000D},   {0x0020, 0x0020},   {0x0085, 0x0085},   {0x00A0, 0x00A0},   {0x00AD, 0x00AD},
    {0x034F, 0x034F},   {0x061C, 0x061C},   {0x115F, 0x1160},   {0x1680, 0x1680},   {0x17B4, 0x17B5},
    {0x180B, 0x180F},   {0x2000, 0x200F},   {0x2028, 0x202F},   {0x205F, 0x206F},   {0x2800, 0x2800},
    {0x3000, 0x3000},   {0x3164, 0x3164},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFFB},   {0x13430, 0x1343F}, {0x1BCA0, 0x1BCA3}, {0x1D159, 0x1D159}, {0x1D173, 0x1D17A},
    {0xE0000, 0xE0FFF},
}};

bool control(char32_t c) { return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c <= 0x9F); }

constexpr Failure kBlank{FailureKind::invalid, {"내용을 입력해 주세요.", "The text must not be blank."}};
constexpr Failure kTooLong{FailureKind::invalid,
                           {"내용은 600자를 넘을 수 없습니다.", "The text must not be longer than 600 characters."}};
constexpr Failure kControl{
    FailureKind::invalid,
    {"내용에 쓸 수 없는 제어 문자가 있습니다.", "The text has control characters other than line feed and tab."}};

/// No form of a letter takes more code points than this for one of its composed form, so a longer text is too long
/// whatever it says, and normalizing it costs a bounded time.
constexpr std::size_t kLongestForm = 4;

std::string with_line_feeds(std::string_view text) {
  std::string lines;
  lines.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      lines += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      lines += '\n';
    }
  }
  return lines;
}

}  // namespace

bool is_unseen(char32_t c) {
  const auto range =
      std::lower_bound(kUnseen.begin(), kUnseen.end(), c, [](Range r, char32_t x) { return r.last < x; });
  return range != kUnseen.end() && range->first <= c;
}

Result<std::string> read_written(std::string_view sent) {
  auto lines = with_line_feeds(sent);
  if (code_points(lines) > kLongestForm * kMostWritten) return kTooLong;
  auto content = nfc(lines);
  bool seen = false;
  std::size_t count = 0;
  for (std::string_view rest = content; !rest.empty();) {
    if (++count > kMostWritten) return kTooLong;
    const char32_t c = take_code_point(rest);
    if (control(c)) return kControl;
    seen = seen || !is_unseen(c);
  }
  if (!seen) return kBlank;
  return content;
}

}  // namespace dontgoback::text
