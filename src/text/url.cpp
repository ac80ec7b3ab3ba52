#include "dontgoback/text/url.hpp"

#include <algorithm>

#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/number.hpp"
#include "dontgoback/text/parts.hpp"
#include "dontgoback/text/percent.hpp"
#include "text/address.hpp"

namespace dontgoback::text {
namespace {

constexpr std::uint16_t usual_port(bool https) { return https ? 443 : 80; }

bool is_label(std::string_view label) {
  const auto fits = [](char c) { return is_letter(c) || is_digit(c) || c == '-'; };
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), fits);
}

/// A name (RFC 1123 section 2.1) or an IPv4 address, which a name that ends in a number would be taken for.
bool is_host_name(const std::string& host) {
  if (host.empty() || host.size() > 253 || host.back() == '.') return false;
  std::string_view label;
  for (std::string_view rest = host; !rest.empty();) {
    label = take(rest, '.');
    if (!is_label(label)) return false;
  }
  return !std::all_of(label.begin(), label.end(), is_digit) || is_v4(host);
}

/// The host in its one form; nothing for one that is none.
std::optional<std::string> host_of(std::string_view written) {
  auto host = lower(written);
  if (!host.starts_with('[')) return is_host_name(host) ? std::optional(std::move(host)) : std::nullopt;
  const auto v6 = host.ends_with(']') ? shortest_v6(host.substr(1, host.size() - 2)) : std::nullopt;
  return v6 ? std::optional("[" + *v6 + "]") : std::nullopt;
}

/// Behind the host; empty as good as not given (RFC 3986 section 6.2.3).
std::optional<std::uint16_t> port_of(std::string_view written, bool https) {
  if (written.empty()) return usual_port(https);
  const auto port = number<std::uint16_t>(written);
  return port && written.front() != '0' ? port : std::nullopt;
}

/// Characters of a path or query, and no half escapes (RFC 3986 section 3.3).
bool is_well_formed(std::string_view text) {
  static constexpr std::string_view kNever = "\"<>\\^`{|}";
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_visible(c) && kNever.find(c) == std::string_view::npos; }) &&
         percent_decoded(text).has_value();
}

}  // namespace

std::optional<Url> Url::parse(std::string_view text) {
  Url url;
  url.https = starts_ignoring_case(text, "https://");
  if (!url.https && !starts_ignoring_case(text, "http://")) return std::nullopt;
  text.remove_prefix(url.https ? 8 : 7);

  text = text.substr(0, text.find('#'));
  const auto authority = text.substr(0, text.find_first_of("/?"));
  text.remove_prefix(authority.size());
  url.path = text.substr(0, text.find('?'));
  url.query = text.substr(url.path.size());

  // A colon inside the brackets of an IPv6 address is none before a port.
  const auto bracket = authority.rfind(']');
  const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  auto host = host_of(authority.substr(0, colon));
  const auto port =
      port_of(colon == std::string_view::npos ? std::string_view{} : authority.substr(colon + 1), url.https);
  if (!host || !port || !is_well_formed(text)) return std::nullopt;
  url.host = *std::move(host);
  url.port = *port;
  return url;
}

std::string Url::authority() const { return port == usual_port(https) ? host : host + ":" + std::to_string(port); }

std::string Url::origin() const { return (https ? "https://" : "http://") + authority(); }

std::string Url::target() const { return (path.empty() ? "/" : path) + query; }

std::string Url::normalized() const {
  return origin() + (path.empty() ? "/" : percent_normalized(path).value_or(path));
}

std::string_view Url::host_name() const {
  const std::string_view name = host;
  return name.starts_with('[') ? name.substr(1, name.size() - 2) : name;
}

bool Url::is_loopback() const {
  return host == "localhost" || host == "[::1]" || (is_v4(host) && host.starts_with("127."));
}

}  // namespace dontgoback::text
