#include "policy.hpp"

#include <algorithm>

#include "dontgoback/text/number.hpp"
#include "dontgoback/text/parts.hpp"

namespace dontgoback::limits {
namespace {

using http::RouteClass;
using std::chrono::milliseconds;
using namespace std::chrono_literals;

constexpr std::int64_t kMostAtOnce = 1'000'000'000;
constexpr milliseconds kLongestPeriod = 24h;

struct Part {
  std::string_view name;
  Rate Policy::*rate;
};
constexpr std::array<Part, 5> kParts{{{"guest", &Policy::guest},
                                      {"member", &Policy::member},
                                      {"address", &Policy::address},
                                      {"site", &Policy::site},
                                      {"total", &Policy::total}}};

/// The names that answers show. Both kinds of account have one: each account has one kind.
Policy named(std::string_view account, std::string_view address, std::string_view site, std::string_view total) {
  return {{account, 0, 1min}, {account, 0, 1min}, {address, 0, 1min}, {site, 0, 1min}, {total, 0, 1min}};
}

struct Bursts {
  std::int64_t guest, member, address, site, total;
};

Policy within(Policy policy, milliseconds period, const Bursts& bursts) {
  policy.guest.burst = bursts.guest;
  policy.member.burst = bursts.member;
  policy.address.burst = bursts.address;
  policy.site.burst = bursts.site;
  policy.total.burst = bursts.total;
  for (const auto& part : kParts) (policy.*part.rate).period = period;
  return policy;
}

Policy& of(Policies& policies, RouteClass route_class) { return policies[static_cast<std::size_t>(route_class)]; }

std::optional<milliseconds> period_of(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const auto unit = text.back();
  const auto count = text::number<std::uint32_t>(text.substr(0, text.size() - 1));
  const milliseconds one = unit == 's' ? milliseconds(1s) : unit == 'm' ? milliseconds(1min) : milliseconds(1h);
  if (!count || *count == 0 || (unit != 's' && unit != 'm' && unit != 'h')) return std::nullopt;
  const auto period = one * *count;
  return period <= kLongestPeriod ? std::optional(period) : std::nullopt;
}

/// `600/10m`, or `0`.
bool read(std::string_view text, Rate& rate) {
  const auto burst = text::number<std::int64_t>(text::take(text, '/'));
  if (!burst || *burst < 0 || *burst > kMostAtOnce) return false;
  if (*burst == 0 && text.empty()) {
    rate.burst = 0;
    return true;
  }
  const auto period = period_of(text);
  if (!period || *burst == 0) return false;
  rate.burst = *burst;
  rate.period = *period;
  return true;
}

/// As many at once as the other, and as many for long.
void widen(Rate& rate, const Rate& other) {
  if (rate.burst == 0 || other.burst == 0) return;
  const auto burst = std::max(rate.burst, other.burst);
  const auto period_for = [burst](const Rate& each) {
    return milliseconds(static_cast<std::int64_t>(static_cast<double>(each.period.count()) *
                                                  static_cast<double>(burst) / static_cast<double>(each.burst)));
  };
  rate.period = std::min(period_for(rate), period_for(other));
  rate.burst = burst;
}

std::string text_of(milliseconds period) {
  if (period % 1h == 0ms) return std::to_string(period / 1h) + 'h';
  if (period % 1min == 0ms) return std::to_string(period / 1min) + 'm';
  return std::to_string(period / 1s) + 's';
}

}  // namespace

Policies no_limits() {
  Policies none;
  of(none, RouteClass::unlimited) = named("", "", "", "");
  of(none, RouteClass::read) = named("read", "read-address", "read-site", "read-total");
  of(none, RouteClass::write) = named("write", "write-address", "write-site", "write-total");
  of(none, RouteClass::like) = named("like", "like-address", "like-site", "like-total");
  of(none, RouteClass::renew) = named("renew", "renew-address", "renew-site", "renew-total");
  of(none, RouteClass::sign_in) = named("sign-in", "sign-in-address", "sign-in-site", "sign-in-total");
  of(none, RouteClass::export_) = named("export", "export-address", "export-site", "export-total");
  of(none, RouteClass::search) = named("search", "search-address", "search-site", "search-total");
  return none;
}

Policies default_limits() {
  auto all = no_limits();
  const auto set = [&all](RouteClass route_class, milliseconds period, const Bursts& bursts) {
    of(all, route_class) = within(of(all, route_class), period, bursts);
  };
  set(RouteClass::read, 1min, {600, 1'800, 12'000, 24'000, 0});
  set(RouteClass::write, 1h, {300, 500, 10'000, 40'000, 100'000});
  set(RouteClass::like, 10min, {120, 600, 6'000, 24'000, 60'000});
  set(RouteClass::renew, 10min, {20, 60, 1'200, 4'800, 12'000});
  set(RouteClass::sign_in, 10min, {20, 60, 1'200, 4'800, 12'000});
  set(RouteClass::export_, 1h, {10, 20, 200, 800, 3'600});
  set(RouteClass::search, 1min, {60, 120, 1'200, 4'800, 12'000});
  return all;
}

std::optional<std::string> change(Policy& policy, const std::vector<std::string>& entries) {
  auto changed = policy;
  std::vector<std::string_view> given;
  for (const std::string_view entry : entries) {
    if (entry == "0" && entries.size() == 1) {
      for (const auto& part : kParts) (policy.*part.rate).burst = 0;
      return std::nullopt;
    }
    auto rest = entry;
    const auto name = text::take(rest, '=');
    const auto part =
        std::find_if(kParts.begin(), kParts.end(), [name](const Part& each) { return each.name == name; });
    if (part == kParts.end() || !read(rest, changed.*part->rate)) {
      return '"' + std::string(entry) +
             "\" must be guest, member, address, site or total = COUNT/PERIOD, as in member=120/10m (s, m or h, at "
             "most "
             "a day), or 0 for no limit";
    }
    if (std::find(given.begin(), given.end(), name) != given.end()) return std::string(name) + " is given twice";
    given.push_back(name);
  }
  const auto is_given = [&given](std::string_view name) {
    return std::find(given.begin(), given.end(), name) != given.end();
  };
  if (!is_given("site")) widen(changed.site, changed.address);
  if (!is_given("total")) {
    widen(changed.total, changed.address);
    widen(changed.total, changed.site);
  }
  policy = changed;
  return std::nullopt;
}

std::string describe(const Policy& policy) {
  std::string text;
  for (const auto& part : kParts) {
    const auto& rate = policy.*part.rate;
    if (rate.burst == 0) continue;
    if (!text.empty()) text += ' ';
    text.append(part.name).append("=").append(std::to_string(rate.burst)).append("/").append(text_of(rate.period));
  }
  return text.empty() ? "no limit" : text;
}

}  // namespace dontgoback::limits
