#include "http/server/target.hpp"

#include <cstdint>

#include "dontgoback/text/number.hpp"
#include "dontgoback/text/parts.hpp"
#include "http/message/grammar.hpp"
#include "http/server/networks.hpp"

namespace dontgoback::http {
namespace {

constexpr std::size_t kLongestPath = 2048;

/// Of those bytes and whole percent escapes.
bool is_escaped(const grammar::Bytes& bytes, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (grammar::in(bytes, text[i])) continue;
    if (text[i] != '%' || text.size() - i < 3) return false;
    if (grammar::hex_value(text[i + 1]) < 0 || grammar::hex_value(text[i + 2]) < 0) return false;
    i += 2;
  }
  return true;
}

/// Where the host ends; a colon within brackets is none before a port.
std::size_t end_of_host(std::string_view authority) {
  if (!authority.starts_with('[')) return std::min(authority.find(':'), authority.size());
  const auto bracket = authority.find(']');
  return bracket == authority.npos ? authority.size() : bracket + 1;
}

bool is_port(std::string_view text) {
  return text.empty() ||
         (std::all_of(text.begin(), text.end(), text::is_digit) && text::number<std::uint16_t>(text).has_value());
}

bool is_host(std::string_view host) {
  if (!host.starts_with('[')) return !host.empty() && is_escaped(grammar::kRegName, host);
  const auto inner = host_of_authority(host);
  return host.ends_with(']') && inner.find(':') != inner.npos && Address::parse(inner).has_value();
}

}  // namespace

bool is_authority(std::string_view text) {
  const auto end = end_of_host(text);
  if (!is_host(text.substr(0, end))) return false;
  const auto rest = text.substr(end);
  return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
}

std::string_view host_of_authority(std::string_view authority) {
  const auto host = authority.substr(0, end_of_host(authority));
  return host.starts_with('[') ? host.substr(1, host.size() - 2) : host;
}

std::optional<Target> Target::parse(std::string_view text) {
  Target target;
  if (text == "*") return Target{.path = text, .query = {}, .authority = {}};
  if (!text.starts_with('/')) {
    if (!text::starts_ignoring_case(text, "http://") && !text::starts_ignoring_case(text, "https://")) {
      return std::nullopt;
    }
    text.remove_prefix(text.find('/') + 2);
    target.authority = text.substr(0, text.find_first_of("/?"));
    if (!is_authority(target.authority)) return std::nullopt;
    text.remove_prefix(target.authority.size());
  }
  target.path = text.substr(0, text.find('?'));
  text.remove_prefix(target.path.size());
  if (!text.empty()) target.query = text.substr(1);
  if (target.path.empty()) target.path = "/";
  const auto fits = [](char c) { return text::is_visible(c) && c != '#'; };
  if (target.path.size() > kLongestPath || !is_escaped(grammar::kPath, target.path) ||
      !std::all_of(target.query.begin(), target.query.end(), fits)) {
    return std::nullopt;
  }
  return target;
}

}  // namespace dontgoback::http
