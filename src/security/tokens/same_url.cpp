#include "tokens/same_url.hpp"

#include <algorithm>

namespace dontgoback::security {
namespace {

// Not those of <cctype>, which may know more letters.
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_unreserved(char c) {
  return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || c == '-' || c == '.' || c == '_' || c == '~';
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char letter = lower(c);
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/// Whether the text begins with the word, whatever its case; then it goes.
bool take(std::string_view& text, std::string_view word) {
  const bool begins = text.size() >= word.size() &&
                      std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) { return a == lower(b); });
  if (begins) text.remove_prefix(word.size());
  return begins;
}

std::optional<std::string> normalized_path(std::string_view path) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string text;
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (path[at] != '%') {
      text.push_back(path[at]);
      continue;
    }
    const int high = at + 2 < path.size() ? hex_value(path[at + 1]) : -1;
    const int low = at + 2 < path.size() ? hex_value(path[at + 2]) : -1;
    if (high < 0 || low < 0) return std::nullopt;
    const char c = static_cast<char>(high * 16 + low);
    if (is_unreserved(c)) {
      text.push_back(c);
    } else {
      text.append({'%', kHex[high], kHex[low]});
    }
    at += 2;
  }
  return text.empty() ? "/" : text;
}

}  // namespace

std::optional<std::string> normalized_url(std::string_view url) {
  if (!std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7F; })) return std::nullopt;
  url = url.substr(0, url.find_first_of("?#"));
  const bool https = take(url, "https://");
  if (!https && !take(url, "http://")) return std::nullopt;
  auto authority = url.substr(0, url.find('/'));
  const auto path = normalized_path(url.substr(authority.size()));
  // A colon inside the brackets of an IPv6 address is none before a port.
  const auto colon =
      authority.find(':', authority.starts_with('[') ? std::min(authority.find(']'), authority.size()) : 0);
  auto port = colon == std::string_view::npos ? std::string_view{} : authority.substr(colon + 1);
  const auto host = authority.substr(0, colon);
  if (!path || host.empty() || host.find('@') != std::string_view::npos ||
      !std::all_of(port.begin(), port.end(), is_digit)) {
    return std::nullopt;
  }
  if (port == (https ? "443" : "80")) port = {};
  std::string text(https ? "https://" : "http://");
  std::transform(host.begin(), host.end(), std::back_inserter(text), lower);
  if (!port.empty()) text.append(":").append(port);
  return text.append(*path);
}

}  // namespace dontgoback::security
