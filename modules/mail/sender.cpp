#include "sender.hpp"

#include <algorithm>

#include "dontgoback/mail/address.hpp"
#include "dontgoback/text/parts.hpp"
#include "dontgoback/text/utf8.hpp"

namespace dontgoback::mail {
namespace {

constexpr std::size_t kMaxName = 100;

bool is_name(std::string_view text) {
  return text.size() <= kMaxName && text::is_utf8(text) &&
         std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 0x7F; }) &&
         text.find_first_of("\"<>") == std::string_view::npos;
}

}  // namespace

std::optional<Sender> parse_sender(std::string_view text) {
  Sender sender;
  const auto open = text.find('<');
  if (open == std::string_view::npos) {
    sender.address = text;
  } else {
    if (!text.ends_with('>')) return std::nullopt;
    sender.name = text::trimmed(text.substr(0, open));
    sender.address = text.substr(open + 1, text.size() - open - 2);
  }
  if (!is_address(sender.address) || !is_name(sender.name)) return std::nullopt;
  return sender;
}

}  // namespace dontgoback::mail
