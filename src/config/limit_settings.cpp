#include "settings.hpp"

namespace dontgoback::config {
namespace {

/// What has an option: `--limit-write`.
constexpr std::array kLimited{http::RouteClass::read,  http::RouteClass::write,   http::RouteClass::like,
                              http::RouteClass::renew, http::RouteClass::sign_in, http::RouteClass::export_,
                              http::RouteClass::search};

std::string option_of(http::RouteClass route_class) { return "limit-" + std::string(http::name_of(route_class)); }

}  // namespace

void Settings::declare_limits(OptionSet& options) {
  options.begin_group("Limits");
  options.toggle("--limits", has_limits_,
                 "Whether requests are limited at all: each of these by guest, member, address (IPv6: a /64), site (a "
                 "/48) and total. SHARE=COUNT/PERIOD is how many at once, and when all of them may come again; "
                 "SHARE=0 and 0 alone limit nothing");
  for (const auto route_class : kLimited) {
    const auto i = static_cast<std::size_t>(route_class);
    options.list("--" + option_of(route_class), "SHARE=COUNT/PERIOD", limit_entries_[i],
                 limits::describe(limits[i]) + "; repeatable");
  }
}

void Settings::resolve_limits(OptionSet& options, Problems& problems) {
  for (const auto route_class : kLimited) {
    const auto i = static_cast<std::size_t>(route_class);
    if (const auto problem = limits::change(limits[i], limit_entries_[i])) {
      problems.push_back(options.find(option_of(route_class))->place() + ": " + *problem);
    }
  }
  if (!has_limits_) limits = limits::no_limits();
}

}  // namespace dontgoback::config
