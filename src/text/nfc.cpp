#include "dontgoback/text/nfc.hpp"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>
#include <new>

#include "dontgoback/text/utf8.hpp"

namespace dontgoback::text {
namespace {

/// Whether it is in the form already, told without the library's tables: nothing below U+0300 combines or is replaced,
/// nor does a Hangul syllable. Most texts here are of those alone.
bool plainly_composed(std::string_view utf8) {
  while (!utf8.empty()) {
    const char32_t c = take_code_point(utf8);
    if (c >= 0x300 && (c < 0xAC00 || c > 0xD7A3)) return false;
  }
  return true;
}

std::string mapped(std::string_view utf8, int options) {
  utf8proc_uint8_t* made = nullptr;
  const auto length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()), static_cast<utf8proc_ssize_t>(utf8.size()),
                   &made, static_cast<utf8proc_option_t>(options));
  // Of its errors only the want of memory is left: the text is well-formed and far shorter than it can count.
  if (length < 0) throw std::bad_alloc();
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(made, &std::free);
  return {reinterpret_cast<const char*>(made), static_cast<std::size_t>(length)};
}

}  // namespace

std::string nfc(std::string_view utf8) {
  if (plainly_composed(utf8)) return std::string(utf8);
  return mapped(utf8, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string folded(std::string_view utf8) {
  // Folding can take a composed letter apart, and is for letters as they are composed.
  return nfc(mapped(nfc(utf8), UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD));
}

}  // namespace dontgoback::text
