#include "module.hpp"

#include <filesystem>

#include "dontgoback/security/secret_file.hpp"
#include "routes.hpp"
#include "service.hpp"

namespace dontgoback::extension {

namespace {

constexpr std::string_view kKeyFile = "multiplier-key";
constexpr std::size_t kKeyBytes = 32;

}  // namespace

void ExtensionModule::declare(config::Options& options) {
  options.number("--daily-sigma", settings_.sigma, "Spread of the daily multiplier's logarithm");
  options.number("--daily-min-percent", settings_.min_percent, "The most a day takes, in percent");
  options.number("--daily-max-percent", settings_.max_percent, "The most a day gives, in percent");
  options.text(
      "--multiplier-key-file", key_file_,
      "32 bytes that decide every multiplier (default: multiplier.key in the data directory, made at first start)");
}

std::filesystem::path ExtensionModule::key_file(const config::Node& node) const {
  return key_file_.empty() ? node.data_dir / "multiplier.key" : std::filesystem::path(key_file_);
}

std::vector<backup::KeptFile> ExtensionModule::kept_files(const config::Node& node) const {
  return {{std::string(kKeyFile), key_file(node)}};
}

std::vector<std::string> ExtensionModule::check_copy(const backup::Copy& copy) const {
  const auto key = copy.file(kKeyFile);
  if (!key || key->size() == kKeyBytes) return {};
  return {"multiplier.key is not the key: it has " + std::to_string(key->size()) + " bytes and must have " +
          std::to_string(kKeyBytes)};
}

void ExtensionModule::start(Host& host) {
  assets_ = std::make_shared<AssetService>(
      DailyMultiplier(security::read_or_create_key(key_file(host.node)), settings_), host.clock, host.zone);
  add_routes(host.router, host.services, assets_, host.clock, host.zone);
}

}  // namespace dontgoback::extension
