#include "dontgoback/mail/address.hpp"

#include <algorithm>

#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/parts.hpp"

namespace dontgoback::mail {
namespace {

constexpr std::size_t kMaxLocalPart = 64;  // RFC 5321 section 4.5.3.1.1
constexpr std::size_t kMaxLabel = 63;      // RFC 1035 section 2.3.4

/// `atext`, RFC 5322 section 3.2.3.
bool is_atom_character(char c) {
  return text::is_letter(c) || text::is_digit(c) ||
         std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool is_atom(std::string_view part) {
  return !part.empty() && std::all_of(part.begin(), part.end(), is_atom_character);
}

bool is_label(std::string_view part) {
  return !part.empty() && part.size() <= kMaxLabel && part.front() != '-' && part.back() != '-' &&
         std::all_of(part.begin(), part.end(),
                     [](char c) { return text::is_letter(c) || text::is_digit(c) || c == '-'; });
}

/// Whether the text is such parts with a dot between each two.
template <class F>
bool is_dotted(std::string_view text, F is_part) {
  if (text.ends_with('.')) return false;  // `take` would not see an empty last part
  do {
    if (!is_part(text::take(text, '.'))) return false;
  } while (!text.empty());
  return true;
}

}  // namespace

bool is_address(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos || at > kMaxLocalPart || text.size() > kMaxAddress) return false;
  const auto domain = text.substr(at + 1);
  const auto last_label = domain.substr(domain.rfind('.') + 1);
  return is_dotted(text.substr(0, at), is_atom) && is_dotted(domain, is_label) &&
         !std::all_of(last_label.begin(), last_label.end(), text::is_digit);
}

}  // namespace dontgoback::mail
