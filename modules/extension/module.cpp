#include "module.hpp"

#include <filesystem>
#include <stdexcept>

#include "dontgoback/config/table.hpp"
#include "dontgoback/security/known_keys.hpp"
#include "dontgoback/security/secret_file.hpp"
#include "routes.hpp"
#include "service.hpp"

namespace dontgoback::extension {

namespace {

constexpr std::string_view kKeyFile = "multiplier-key";
constexpr std::string_view kKnownKey = "multiplier";
constexpr std::size_t kKeyBytes = 32;

std::string new_key(const std::filesystem::path& file) {
  try {
    return security::read_or_create_key(file);
  } catch (const std::runtime_error& error) {
    throw std::invalid_argument(std::string(error.what()) + ": move it away, and a new one is made");
  }
}

}  // namespace

void ExtensionModule::declare(config::Options& options) {
  options.number("--daily-sigma", settings_.sigma, "Spread of the daily multiplier's logarithm");
  options.number("--daily-min-percent", settings_.min_percent, "The most a day takes, in percent");
  options.number("--daily-max-percent", settings_.max_percent, "The most a day gives, in percent");
  options.text(
      "--multiplier-key-file", key_file_,
      "32 bytes that decide every multiplier (default: multiplier.key in the data directory, made at first start)");
}

std::vector<Command> ExtensionModule::commands() {
  return {{"multipliers", "reset",
           "Goes on with the key file that is there, or makes a new one, when the old one is lost",
           [this](config::Options& options) {
             options.toggle("--yes", reset_key_, "Every multiplier from now on is another than it would have been");
           },
           [this](Command::Context context) {
             if (!reset_key_) {
               throw std::invalid_argument(
                   "multipliers reset changes everybody's multipliers from now on: give --yes for that");
             }
             config::Table table({"done", "file"});
             table.add({std::string("reset"), key_file(context.host.node).string()});
             table.print_row(context.out, context.json);
           }}};
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
  const auto key = reset_key_ ? new_key(key_file(host.node))
                              : security::known_key(host.known_keys, kKnownKey, key_file(host.node),
                                                    "with it every multiplier from now on would change",
                                                    "dontgoback multipliers reset --yes");
  if (reset_key_) host.known_keys.remember(kKnownKey, security::fingerprint_of(key));
  assets_ = std::make_shared<AssetService>(DailyMultiplier(key, settings_), host.clock, host.zone);
  add_routes(host.router, host.services, assets_, host.clock, host.zone);
}

}  // namespace dontgoback::extension
