#include "http/server/forwarding.hpp"

#include <algorithm>
#include <array>

#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/number.hpp"
#include "dontgoback/text/parts.hpp"

namespace dontgoback::http {
namespace {

using namespace std::string_view_literals;

// In lower case: whole names, what names begin with, and what they have anywhere.
constexpr std::array kNames{"via"sv,          "x-via"sv,         "x-host"sv,    "x-port"sv,         "x-scheme"sv,
                            "x-url-scheme"sv, "x-rewrite-url"sv, "x-varnish"sv, "front-end-https"sv};
constexpr std::array kBeginnings{"akamai-"sv,    "cf-"sv,        "cloudfront-"sv, "fastly-"sv,      "fly-"sv,
                                 "incap-"sv,     "surrogate-"sv, "true-"sv,       "x-akamai-"sv,    "x-amz-cf-"sv,
                                 "x-amzn-"sv,    "x-arr-"sv,     "x-azure-"sv,    "x-appengine-"sv, "x-cloud-"sv,
                                 "x-cluster-"sv, "x-coming-"sv,  "x-envoy-"sv,    "x-fd-"sv,        "x-nf-"sv,
                                 "x-fastly-"sv,  "x-original"sv, "x-sucuri-"sv,   "x-vercel-"sv};
constexpr std::array kParts{"forward"sv,   "proxy"sv,         "cdn"sv,         "client-ip"sv,
                            "clientip"sv,  "user-ip"sv,       "real-ip"sv,     "remote-ip"sv,
                            "source-ip"sv, "connecting-ip"sv, "remote-addr"sv, "host-override"sv};

bool is_port(std::string_view text) {
  return std::all_of(text.begin(), text.end(), text::is_digit) && text::number<std::uint16_t>(text).has_value();
}

/// One entry of X-Forwarded-For.
std::optional<Address> entry_address(std::string_view entry) {
  const bool v6 = entry.starts_with('[');
  if (v6 || std::count(entry.begin(), entry.end(), ':') == 1) {
    if (v6 && entry.find(']') == entry.npos) return std::nullopt;
    auto address = text::take(entry, v6 ? ']' : ':');
    if (v6) {
      address.remove_prefix(1);
      if (address.find(':') == address.npos) return std::nullopt;
      if (entry.empty()) return Address::parse(address);
      if (!entry.starts_with(':')) return std::nullopt;
      entry.remove_prefix(1);
    }
    return is_port(entry) ? Address::parse(address) : std::nullopt;
  }
  return Address::parse(entry);
}

/// The last entry of a list, taken off it.
std::string_view take_last(std::string_view& list) {
  const auto comma = list.rfind(',');
  const auto last = list.substr(comma == list.npos ? 0 : comma + 1);
  list = list.substr(0, comma == list.npos ? 0 : comma);
  return text::trimmed(last);
}

}  // namespace

Origin origin_of(const Address& peer, const FieldList& fields, const Networks& trusted_proxies) {
  Origin origin{.client = peer, .by_proxy = trusted_proxies.contains(peer)};
  if (!origin.by_proxy) return origin;
  // Each proxy appends, so only what stands right of the first stranger is the word of somebody we trust.
  for (const auto* field = fields.end(); field != fields.begin();) {
    --field;
    if (!text::same_ignoring_case(field->name, "X-Forwarded-For")) continue;
    for (auto rest = field->value; !rest.empty();) {
      const auto entry = take_last(rest);
      if (entry.empty()) continue;
      const auto address = entry_address(entry);
      origin.malformed = !address.has_value();
      if (origin.malformed) return origin;
      origin.client = *address;
      origin.named = true;
      if (!trusted_proxies.contains(*address)) return origin;
    }
  }
  return origin;
}

bool is_doubtful(const Origin& origin, const FieldList& fields) {
  if (origin.by_proxy) return !origin.named;
  return std::any_of(fields.begin(), fields.end(),
                     [](const FieldList::Field& field) { return is_forwarding_field(field.name); });
}

bool is_forwarding_field(std::string_view name) {
  const auto low = text::lower(name);
  const auto is = [&low](std::string_view each) { return low == each; };
  const auto begins = [&low](std::string_view each) { return low.starts_with(each); };
  const auto has = [&low](std::string_view each) { return low.find(each) != low.npos; };
  return std::any_of(kNames.begin(), kNames.end(), is) || std::any_of(kBeginnings.begin(), kBeginnings.end(), begins) ||
         std::any_of(kParts.begin(), kParts.end(), has);
}

}  // namespace dontgoback::http
