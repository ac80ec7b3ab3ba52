#include "module.hpp"

#include <filesystem>

#include "dontgoback/security/secret_file.hpp"
#include "routes.hpp"
#include "service.hpp"

namespace dontgoback::extension {

void ExtensionModule::declare(config::Options& options) {
  options.number("--daily-sigma", settings_.sigma, "Spread of the daily multiplier's logarithm");
  options.number("--daily-min-percent", settings_.min_percent, "The most a day takes, in percent");
  options.number("--daily-max-percent", settings_.max_percent, "The most a day gives, in percent");
  options.text(
      "--multiplier-key-file", key_file_,
      "32 bytes that decide every multiplier (default: multiplier.key in the data directory, made at first start)");
}

void ExtensionModule::start(Host& host) {
  const auto key_file = key_file_.empty() ? host.node.data_dir / "multiplier.key" : std::filesystem::path(key_file_);
  assets_ = std::make_shared<AssetService>(DailyMultiplier(security::read_or_create_key(key_file), settings_),
                                           host.trust, host.zone);
  add_routes(host.router, host.services, assets_, host.clock, host.zone);
}

}  // namespace dontgoback::extension
