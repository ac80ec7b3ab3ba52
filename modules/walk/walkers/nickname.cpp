#include "nickname.hpp"

#include "dontgoback/text/nfc.hpp"
#include "dontgoback/text/utf8.hpp"

namespace dontgoback::walk::walkers {
namespace {

constexpr std::size_t kMostBytes = 600;  // of what is looked at: Hangul may come as three letters of three bytes each

constexpr Failure kLength{FailureKind::invalid,
                          {"별명은 3자 이상 50자 이하여야 합니다.", "A nickname has 3 to 50 characters."}};
constexpr Failure kLetters{FailureKind::invalid,
                           {"별명에는 한글, 로마자, 숫자와 _ 만 쓸 수 있습니다.",
                            "A nickname is made of Hangul, Latin letters, digits and _ only."}};
constexpr Failure kScripts{FailureKind::invalid,
                           {"별명에 한글과 로마자를 섞어 쓸 수 없습니다.",
                            "A nickname is written in Hangul or in Latin letters, not in both."}};
constexpr Failure kNoLetter{FailureKind::invalid,
                            {"별명에는 글자가 하나 이상 있어야 합니다.", "A nickname has at least one letter."}};

enum class Script { hangul, latin, either, none };

/// Letters as composed text has them. Of Hangul's own letters the modern ones only: the others look like nothing, or
/// are nothing that a keyboard types.
Script script_of(char32_t c) {
  const auto within = [c](char32_t first, char32_t last) { return first <= c && c <= last; };
  if (within('0', '9') || c == '_') return Script::either;
  if (within('a', 'z') || within('A', 'Z')) return Script::latin;
  if (within(0xAC00, 0xD7A3) || within(0x3131, 0x3163)) return Script::hangul;
  // Latin-1 but for × and ÷, Latin Extended-A and -B but for clicks, which are taken for marks, and the Additional.
  if (within(0xC0, 0x24F) && c != 0xD7 && c != 0xF7 && !within(0x1C0, 0x1C3)) return Script::latin;
  if (within(0x1E00, 0x1EFF)) return Script::latin;
  return Script::none;
}

}  // namespace

Result<Nickname> read_nickname(std::string_view utf8) {
  if (!text::is_utf8(utf8)) return kLetters;
  if (utf8.size() > kMostBytes) return kLength;
  auto composed = text::nfc(utf8);
  const auto length = text::code_points(composed);
  if (length < kShortestNickname || length > kLongestNickname) return kLength;
  bool hangul = false;
  bool latin = false;
  for (std::string_view rest = composed; !rest.empty();) {
    const auto script = script_of(text::take_code_point(rest));
    if (script == Script::none) return kLetters;
    hangul = hangul || script == Script::hangul;
    latin = latin || script == Script::latin;
  }
  if (hangul && latin) return kScripts;
  if (!hangul && !latin) return kNoLetter;
  auto folded = text::folded(composed);
  return Nickname{std::move(composed), std::move(folded)};
}

std::string folded_nickname(std::string_view utf8) {
  if (utf8.size() > kMostBytes || !text::is_utf8(utf8)) return {};
  return text::folded(utf8);
}

}  // namespace dontgoback::walk::walkers
