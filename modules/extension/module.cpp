#include "module.hpp"

#include "dontgoback/security/secret_file.hpp"
#include "routes.hpp"
#include "service.hpp"

namespace dontgoback::extension {

void ExtensionModule::declare(config::Options& options) {
  options.number("--daily-sigma", settings_.sigma, "Spread of the daily multiplier's logarithm");
  options.number("--daily-min-percent", settings_.min_percent, "The most a day takes, in percent");
  options.number("--daily-max-percent", settings_.max_percent, "The most a day gives, in percent");
  options.text(
      "--multiplier-key-file", key_file_option_,
      "32 bytes that decide every multiplier (default: multiplier.key in the data directory, made at first start)");
}

void ExtensionModule::check(config::Checks& checks) const {
  for (const auto& [option, what] : problems_of(settings_)) checks.wrong(option, what);
  checks.key_file("--multiplier-key-file", key_file(checks.node()));
}

std::filesystem::path ExtensionModule::key_file(const config::Node& node) const {
  return key_file_option_.empty() ? node.data_dir / "multiplier.key" : std::filesystem::path(key_file_option_);
}

void ExtensionModule::make_keys(Host& host) { security::read_or_create_key(key_file(host.node)); }

void ExtensionModule::start(Host& host) {
  make_keys(host);
  assets_ = open_asset_source(host);
  add_routes(host.router, host.services, assets_, host.clock, host.zone);
}

std::shared_ptr<ports::AssetSource> ExtensionModule::open_asset_source(const Host& host) const {
  return std::make_shared<AssetService>(DailyMultiplier(security::read_key(key_file(host.node)), settings_), host.trust,
                                        host.zone);
}

}  // namespace dontgoback::extension
